package dev.seqwatch.demo;

/** Text in lines of a width. */
final class Wrapped {
    private Wrapped() {}

    static String at(int width, String text) {
        return text.replaceAll("(.{1," + width + "})( |$)", "$1\n").stripTrailing();
    }
}
