package dev.seqwatch.report.text;

import dev.seqwatch.check.Severity;

/** Colours that every terminal knows (ECMA-48, SGR). */
enum Colour {
    Bold("1"),
    Good("1;32"),
    Critical("1;31"),
    Warning("1;33"),
    Info("36");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    String paint(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }

    static Colour of(Severity severity) {
        return switch (severity) {
            case Critical -> Critical;
            case Warning -> Warning;
            case Info -> Info;
        };
    }

    static Colour of(Verdict verdict) {
        return switch (verdict) {
            case Healthy -> Good;
            case Warning -> Warning;
            case Critical, CouldNotLook -> Critical;
        };
    }
}
