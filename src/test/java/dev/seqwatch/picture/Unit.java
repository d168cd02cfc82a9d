package dev.seqwatch.picture;

import java.util.List;
import java.util.Locale;

/** How Grafana writes numbers of the units that the dashboards use. */
final class Unit {
    /** Decimals are for Grafana to choose. */
    static final int AUTO = -1;

    private static final List<Step> TIMES = List.of(
            new Step(31_536_000, " year"),
            new Step(604_800, " week"),
            new Step(86_400, " day"),
            new Step(3_600, " hour"),
            new Step(60, " min"),
            new Step(1, " s"),
            new Step(0.001, " ms"));

    private record Step(double seconds, String name) {}

    private Unit() {}

    static String shown(String unit, double value, int decimals) {
        return switch (unit) {
            case "none" -> fixed(value, decimals, "");
            case "locale" -> fixed(value, decimals, ",");
            case "percentunit" -> fixed(value * 100, decimals, "") + "%";
            case "ops" -> fixed(value, decimals, "") + " ops/s";
            case "s" -> time(value, decimals);
            default -> throw new IllegalStateException("how Grafana writes " + unit + " is not known here");
        };
    }

    /** As many as tell values apart that lie a step from each other. */
    static int decimals(String unit, double step) {
        return switch (unit) {
            case "s" -> AUTO;
            case "percentunit" -> decimalsOfStep(step * 100);
            default -> decimalsOfStep(step);
        };
    }

    private static int decimalsOfStep(double step) {
        var decimals = 0;
        for (var rest = step; decimals < 3 && Math.abs(rest - Math.rint(rest)) > 1e-6; rest *= 10) {
            decimals++;
        }
        return decimals;
    }

    private static String time(double seconds, int decimals) {
        var step = TIMES.stream()
                .filter(each -> Math.abs(seconds) >= each.seconds())
                .findFirst()
                .orElse(seconds == 0 ? new Step(1, " s") : TIMES.getLast());
        var number = fixed(seconds / step.seconds(), decimals, "");
        var counted = step.seconds() > 60 && !number.equals("1");
        return number + step.name() + (counted ? "s" : "");
    }

    private static String fixed(double value, int decimals, String grouping) {
        var format = "%" + grouping + "." + (decimals == AUTO ? decimalsOf(value) : decimals) + "f";
        return String.format(Locale.ROOT, format, value);
    }

    /** Two or three digits that matter. */
    private static int decimalsOf(double value) {
        if (value == Math.rint(value)) {
            return 0;
        }
        var decimals = (int) -Math.floor(Math.log10(Math.abs(value))) + 1;
        var normed = Math.abs(value) * Math.pow(10, decimals - 1);
        return Math.max(0, normed > 2.25 ? decimals : decimals + 1);
    }
}
