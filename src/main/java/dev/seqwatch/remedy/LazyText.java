package dev.seqwatch.remedy;

import java.util.function.Supplier;

/**
 * A text that is made each time somebody asks for it and that nobody keeps: a database with 60,000 sequences has twice as
 * many remedies, and most of them are never printed. Two are equal if their texts are.
 */
public final class LazyText {
    private final Supplier<String> source;

    public LazyText(Supplier<String> source) {
        this.source = source;
    }

    public static LazyText of(String text) {
        return new LazyText(() -> text);
    }

    public String get() {
        return source.get();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof LazyText text && get().equals(text.get()));
    }

    @Override
    public int hashCode() {
        return get().hashCode();
    }

    @Override
    public String toString() {
        return get();
    }
}
