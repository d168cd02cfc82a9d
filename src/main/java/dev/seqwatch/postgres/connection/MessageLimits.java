package dev.seqwatch.postgres.connection;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Follows the messages that a server sends, and refuses what no PostgreSQL server sends to us. The driver allocates what a
 * message announces, up to 2 GiB, before it has received a byte of it, and it keeps every notice. One server that announces
 * too much would exhaust the heap, and so end the inspection of every other server as well.
 *
 * <p>Manual, section 54.7: a message is a byte for its type, four bytes for its length, and its content.
 */
final class MessageLimits {
    /**
     * Bytes of one message. Texts of functions, the longest that are read, are cut at the server. Below 2^24, the length of
     * a message has a zero byte, so a text without an end cannot run over several messages.
     */
    static final int LARGEST_MESSAGE = 8 << 20;

    /** Bytes of the answer to one request; an answer has 2,000 rows or fewer. */
    static final long LARGEST_ANSWER = 64L << 20;

    /** Messages of an answer that are no rows. The driver keeps a notice in about a kibibyte. */
    static final int MOST_NOTICES = 10_000;

    private static final int LENGTH_BYTES = 4;
    private static final int COUNT_BYTES = 2;
    private static final int TLS_REQUEST_BYTES = 8;
    private static final char ROW = 'D';

    private enum Part {
        Type,
        Length,
        Content,
        ColumnCount,
        ColumnLength
    }

    private Part part = Part.Type;
    private boolean tlsAsked;
    private boolean encrypted;
    private char type;
    private int number;
    private int missing;
    private int content;
    private int skipped;
    private int columns;
    private long answer;
    private int notices;

    /** The server sent something that no PostgreSQL server sends to us. */
    static final class ExceededException extends IOException {
        private static final long serialVersionUID = 1;

        ExceededException(String message) {
            super(message);
        }
    }

    InputStream of(InputStream input) {
        return new FilterInputStream(input) {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                var count = in.read(bytes, offset, length);
                received(bytes, offset, count);
                return count;
            }
        };
    }

    OutputStream of(OutputStream output) {
        return new FilterOutputStream(output) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                sent(bytes, offset, length);
                out.write(bytes, offset, length);
            }
        };
    }

    /** A request begins a new answer. */
    private synchronized void sent(byte[] bytes, int offset, int length) {
        answer = 0;
        notices = 0;
        // A startup packet, the only other message without a type, is longer.
        tlsAsked = length == TLS_REQUEST_BYTES
                && bytes[offset] == 0
                && bytes[offset + LENGTH_BYTES - 1] == TLS_REQUEST_BYTES;
    }

    /** Bytes of the server, before the driver sees them. */
    synchronized void received(byte[] bytes, int offset, int count) throws ExceededException {
        if (encrypted || count <= 0) {
            return;
        }
        answer += count;
        if (answer > LARGEST_ANSWER) {
            throw new ExceededException("an answer of more than " + (LARGEST_ANSWER >> 20) + " MiB");
        }
        var at = offset;
        var end = offset + count;
        while (at < end && !encrypted) {
            at = switch (part) {
                case Type -> type((char) (bytes[at] & 0xff), at);
                case Length, ColumnCount, ColumnLength -> number(bytes[at], at);
                case Content -> skip(at, end);
            };
        }
    }

    /** To a request for TLS, the answer is one byte without a length. */
    private int type(char letter, int at) {
        if (tlsAsked && (letter == 'S' || letter == 'N')) {
            tlsAsked = false;
            encrypted = letter == 'S';
        } else {
            type = letter;
            expect(Part.Length, LENGTH_BYTES);
        }
        return at + 1;
    }

    private int number(byte digit, int at) throws ExceededException {
        number = (number << Byte.SIZE) | (digit & 0xff);
        missing--;
        if (missing == 0) {
            switch (part) {
                case Length -> length();
                case ColumnCount -> columnCount();
                case ColumnLength -> columnLength();
                case Type, Content -> throw new IllegalStateException(part.name());
            }
        }
        return at + 1;
    }

    private void length() throws ExceededException {
        if (number < LENGTH_BYTES || number > LARGEST_MESSAGE) {
            throw new ExceededException(
                    "a message of " + String.format(Locale.ROOT, "%,d", Integer.toUnsignedLong(number)) + " bytes");
        }
        content = number - LENGTH_BYTES;
        if (type == ROW) {
            if (content < COUNT_BYTES) {
                throw otherColumns();
            }
            expect(Part.ColumnCount, COUNT_BYTES);
            return;
        }
        notices++;
        if (notices > MOST_NOTICES) {
            throw new ExceededException("more than " + MOST_NOTICES + " notices to one request");
        }
        skipNext(content);
    }

    private void columnCount() throws ExceededException {
        content -= COUNT_BYTES;
        columns = number;
        nextColumn();
    }

    /** A column that is NULL has the length -1. */
    private void columnLength() throws ExceededException {
        content -= LENGTH_BYTES;
        columns--;
        if (number < -1 || number > content) {
            throw otherColumns();
        }
        skipNext(Math.max(number, 0));
    }

    private void nextColumn() throws ExceededException {
        if (columns > 0 ? content < LENGTH_BYTES : content > 0) {
            throw otherColumns();
        }
        if (columns > 0) {
            expect(Part.ColumnLength, LENGTH_BYTES);
        } else {
            part = Part.Type;
        }
    }

    private static ExceededException otherColumns() {
        return new ExceededException("a row of another length than its columns");
    }

    private void skipNext(int bytes) throws ExceededException {
        content -= bytes;
        skipped = bytes;
        if (bytes == 0) {
            nextColumn();
        } else {
            part = Part.Content;
        }
    }

    private int skip(int at, int end) throws ExceededException {
        var now = Math.min(skipped, end - at);
        skipped -= now;
        if (skipped == 0) {
            nextColumn();
        }
        return at + now;
    }

    private void expect(Part next, int bytes) {
        part = next;
        missing = bytes;
        number = 0;
    }
}
