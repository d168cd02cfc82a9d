package dev.seqwatch.postgres.nextval;

/** A lexical unit of SQL or PL/pgSQL: manual, section 4.1. */
record Token(Kind kind, String text) {
    enum Kind {
        /** A key word or an identifier without quotes, in lower case. */
        Word,
        /** An identifier in double quotes, without them. */
        Quoted,
        /** A string constant of any notation, without its quotes. */
        Text,
        /** A number, or a parameter such as {@code $1}. */
        Number,
        /** Punctuation, or an operator. */
        Symbol
    }

    boolean isWord(String word) {
        return kind == Kind.Word && text.equals(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.Symbol && text.equals(symbol);
    }

    boolean isName() {
        return kind == Kind.Word || kind == Kind.Quoted;
    }
}
