package dev.seqwatch.forecast;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The present rate of use, from the positions of the last weeks.
 *
 * <p>The mean over up to two weeks is compared with the means over shorter windows, as alerts on several burn rates are (Google,
 * The Site Reliability Workbook, chapter 5). A shorter window is believed only where a median of means over its parts (Nemirovsky
 * and Yudin, 1983) confirms its mean, so that no single burst decides; where no earlier window of the same length was nearly as
 * busy, so that a job that comes every night or week counts by its average; and where its load has not ended.
 */
final class RateEstimator {
    private static final int LONGEST_DAYS = 14;
    private static final double HOUR = 1 / 24.0;
    private static final double MONTH = 30;
    private static final double HORIZON = Forecast.HORIZON.toDays();

    /** A load that pauses for longer has ended, unless it or the load before it paused as long earlier. */
    private static final double PAUSE = 8.3 * HOUR;

    /** Where a sequence is seen once a day, one slow day is no pause. */
    private static final double MORE_THAN_ONE = 1.2;

    /** A weekend and a holiday. */
    private static final double LONGEST_PAUSE = 4;

    /** An earlier pause may be a part longer the next time: a bank holiday, a job that is late. */
    private static final double LONGER = 1.5;

    /** Below this part of a rate there is a pause in it. */
    private static final double LULL = 0.5;

    /** The same for a mean over all days: what fell to that part of it has ended. */
    private static final double LASTING_LULL = 0.8;

    /** A window is a habit where an earlier one had that part of its calls: hours of a day differ more than days do. */
    private static final double HABIT_OF_HOURS = 0.6;

    private static final double HABIT_OF_DAYS = 0.75;

    /** A job may come an hour earlier or later. */
    private static final double JITTER = 2 * HOUR;

    /** Habits of hours come a night, a week or a month apart; what is nearer belongs to the same load. */
    private static final double BETWEEN_HABITS = 0.75;

    /** The parts of a window confirm its mean where their median is at least this part of it. */
    private static final double CONFIRMED = 0.5;

    /** The same for the parts of a single day. */
    private static final double CONFIRMED_DAY = 0.35;

    /** Two short bursts days apart, which hold more of all calls than this, are no load of those days. */
    private static final double TWO_BURSTS = 0.8;

    private static final int[] HOURS = {1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 21};

    /** Days before now, negative, ascending; the last is 0. */
    private final double[] times;

    /** Calls of nextval since the first sample. */
    private final double[] calls;

    /** The same without the one burst that may be among them. */
    private final double[] callsWithoutBurst;

    /** Indices of times at least an hour apart: pauses are measured between them, so that one busy minute ends no pause. */
    private final int[] coarse;

    /** @param legs oldest first, without a gap */
    RateEstimator(List<UsageTrend.Leg> legs, List<UsageTrend.Leg> withoutBurst) {
        times = new double[legs.size() + 1];
        for (var i = legs.size() - 1; i >= 0; i--) {
            times[i] = times[i + 1] - legs.get(i).days();
        }
        coarse = coarse(times);
        calls = sums(legs);
        callsWithoutBurst = sums(withoutBurst);
    }

    private static int[] coarse(double[] times) {
        var indices = new int[times.length];
        var first = times.length - 1;
        indices[first] = times.length - 1;
        for (var i = times.length - 2; i >= 0; i--) {
            if (times[indices[first]] - times[i] > 0.99 * HOUR || i == 0) {
                indices[--first] = i;
            }
        }
        return Arrays.copyOfRange(indices, first, indices.length);
    }

    private static double[] sums(List<UsageTrend.Leg> legs) {
        var sums = new double[legs.size() + 1];
        for (var i = 0; i < legs.size(); i++) {
            sums[i + 1] = sums[i] + Math.max(0, legs.get(i).steps());
        }
        return sums;
    }

    /**
     * The mean over whole days, at most two weeks, as far back as the present load goes; without the one burst. It waits a day
     * before it rises: what is more urgent than that is for {@link #recent}.
     */
    Optional<UsageRate> lasting() {
        var days = Math.min(LONGEST_DAYS, length());
        while (days > 0) {
            var whole = days < 2 ? Math.min(1, days) : Math.floor(days + 0.01);
            var rate = whole < 2
                    ? mean(callsWithoutBurst, -whole, 0)
                    : Math.min(
                            mean(callsWithoutBurst, -whole, 0),
                            mean(callsWithoutBurst, Math.max(times[0], -whole - 1), -1));
            if (whole < 1 || !hasEnded(callsWithoutBurst, -whole, 0, rate, LASTING_LULL)) {
                return Optional.of(plain(rate, whole));
            }
            var end =
                    -silence(callsWithoutBurst, -whole, 0, rate * LASTING_LULL).lastActive();
            days = Math.min(end, whole - 1);
        }
        return Optional.empty();
    }

    /**
     * The highest rate of a load that began since, and that would reach the limit soon.
     *
     * @param remaining calls until the limit
     * @param usual the lasting rate, 0 where none is known
     */
    Optional<UsageRate> recent(double remaining, double usual) {
        var best = (UsageRate) null;
        for (var end : ends(LONGEST_PAUSE, PAUSE)) {
            for (var days = 1; days < LONGEST_DAYS && days - end <= length() + 0.01; days++) {
                best = faster(best, ofDays(days, end, remaining, usual, best));
            }
        }
        for (var end : ends(1, 0)) {
            for (var hours : HOURS) {
                best = faster(best, ofHours(end - hours * HOUR, end, remaining, usual, best));
            }
        }
        return Optional.ofNullable(best);
    }

    /** Now, and when the use fell before, at most so many days ago, for so long at least. */
    private double[] ends(double days, double pause) {
        return IntStream.range(1, times.length)
                .filter(i -> i == times.length - 1
                        || (times[i] > -days && leg(i) < LULL * leg(i - 1) && isLower(i, LULL * leg(i - 1), pause)))
                .mapToDouble(i -> times[i])
                .toArray();
    }

    private boolean isLower(int from, double level, double pause) {
        for (var i = from; i < times.length - 1 && times[i] < times[from] + pause; i++) {
            if (leg(i) >= level) {
                return false;
            }
        }
        return times[from] + pause <= 0;
    }

    /** The rate between a sample and the next. */
    private double leg(int i) {
        return (calls[i + 1] - calls[i]) / (times[i + 1] - times[i]);
    }

    private static @Nullable UsageRate faster(@Nullable UsageRate one, @Nullable UsageRate other) {
        return one == null || (other != null && other.perDay() > one.perDay()) ? other : one;
    }

    private @Nullable UsageRate ofDays(int days, double to, double remaining, double usual, @Nullable UsageRate best) {
        var from = to - days;
        var rate = mean(calls, from, to);
        var reach = from - times[0] < 0.99 ? 12.0 * days : days < 7 ? Math.max(MONTH, 20 * (days - 1)) : HORIZON;
        return rate * HABIT_OF_DAYS > usual
                        && (best == null || rate > best.perDay())
                        && remaining <= rate * reach
                        && !isHabit(rate * days, days + JITTER, from - 1, HABIT_OF_DAYS)
                        && isFilled(days, from, Math.max(LULL * rate, usual / HABIT_OF_DAYS))
                        && isConfirmed(days, to, rate)
                        && !hasEnded(calls, from, to, rate, LULL)
                ? new UsageRate(rate, duration(days), duration(reach))
                : null;
    }

    private @Nullable UsageRate ofHours(
            double from, double to, double remaining, double usual, @Nullable UsageRate best) {
        if (from < times[0]) {
            return null;
        }
        var length = to - from;
        var rate = mean(calls, from, to);
        var reach = length < 3.9 * HOUR || from - times[0] < 1 ? 4 * length : Math.min(12, 64 * length);
        return rate * HABIT_OF_HOURS > usual
                        && (best == null || rate > best.perDay())
                        && remaining <= rate * reach
                        && quarters(from, to)[0] >= CONFIRMED * rate
                        && withoutLargestLeg(from, to) >= CONFIRMED * rate
                        && !isHabit(rate * length, length, from - BETWEEN_HABITS, HABIT_OF_HOURS)
                        && !hasEnded(calls, from, to, rate, LULL)
                ? new UsageRate(rate, duration(length), duration(reach))
                : null;
    }

    /** Whether the load began before that window, or with it: until then its mean grows from hour to hour. */
    private boolean isFilled(int days, double from, double level) {
        if (days > 1) {
            return mean(calls, from, from + 1) >= level;
        }
        for (var i = 0; i < times.length - 1; i++) {
            if (times[i] < from + HOUR && times[i + 1] > from - 1 && leg(i) >= level) {
                return true;
            }
        }
        return false;
    }

    /**
     * By the median of the means of days, or of the eighths of one day, in which no single leg may hold nearly all. Days may begin
     * at another hour, so that one burst is not two days' load.
     */
    private boolean isConfirmed(int days, double to, double rate) {
        if (days == 1) {
            return means(to - 1, to, 8)[4] >= CONFIRMED_DAY * rate && withoutLargestLeg(to - 1, to) >= CONFIRMED * rate;
        }
        var silence = silence(calls, to - days, to, rate * LULL).untilEnd();
        if (days > 3 && twoBursts(to - days, to) > TWO_BURSTS * rate * days) {
            return false;
        }
        for (var shift = 0.0; shift <= Math.min(silence, 0.5); shift += 0.25) {
            var until = to - silence + shift;
            if (means(until - days, until, days)[(days - 1) / 2] < CONFIRMED * rate) {
                return false;
            }
        }
        return true;
    }

    /** The calls of the two busiest quarters of a day in that time. */
    private double twoBursts(double from, double to) {
        var busiest = busiest(from, to, -HORIZON);
        var second = busiest(from, to, busiest);
        return busy(busiest, busiest + 0.25) + (second == busiest ? 0 : busy(second, second + 0.25));
    }

    /** When the busiest quarter of a day begins that does not overlap another one; that other one where there is none. */
    private double busiest(double from, double to, double other) {
        return Arrays.stream(times)
                .filter(time -> time >= from && time < to && Math.abs(time - other) >= 0.25)
                .boxed()
                .max(Comparator.comparingDouble(time -> busy(time, time + 0.25)))
                .orElse(other);
    }

    private double[] quarters(double from, double to) {
        return means(from, to, 4);
    }

    /** Ascending. */
    private double[] means(double from, double to, int parts) {
        var length = (to - from) / parts;
        var means = new double[parts];
        for (var i = 0; i < parts; i++) {
            means[i] = mean(calls, from + i * length, from + (i + 1) * length);
        }
        Arrays.sort(means);
        return means;
    }

    /** The mean over the rest of that time: one jump in it leaves little. */
    private double withoutLargestLeg(double from, double to) {
        var largest = 0.0;
        var ofTime = 0.0;
        for (var i = 0; i < times.length - 1; i++) {
            var begin = Math.max(from, times[i]);
            var end = Math.min(to, times[i + 1]);
            if (begin < end && busy(begin, end) > largest) {
                largest = busy(begin, end);
                ofTime = end - begin;
            }
        }
        var time = to - from - ofTime;
        return time < (to - from) * 0.02 ? 0 : (busy(from, to) - largest) / time;
    }

    /** Whether a window of that length, and before that time, had that part of the calls. */
    private boolean isHabit(double ofCalls, double length, double before, double part) {
        for (var i = 0; i < times.length; i++) {
            if (times[i] <= before && busy(times[i] - length, times[i]) >= part * ofCalls) {
                return true;
            }
            if (times[i] + length <= before && busy(times[i], times[i] + length) >= part * ofCalls) {
                return true;
            }
        }
        return before - length >= times[0] && busy(before - length, before) >= part * ofCalls;
    }

    private double busy(double from, double to) {
        return at(calls, to) - at(calls, from);
    }

    /** Whether the load of that window is over: it has paused since for longer than such loads pause. */
    private boolean hasEnded(double[] sums, double from, double to, double rate, double lull) {
        var silence = silence(sums, from, to, rate * lull);
        var shortest = Math.min(PAUSE, Math.max(LONGER * (silence.lastActive() - from), HOUR));
        var gap = times[coarse[coarse.length - 1]] - times[coarse[coarse.length - 2]];
        var usual = Math.max(gap > PAUSE ? gap * MORE_THAN_ONE : shortest, LONGER * silence.longest());
        if (silence.current() <= usual) {
            return false;
        }
        var begin = Math.max(times[0], -LONGEST_DAYS);
        var until = Math.min(from, began(sums, begin, rate * lull));
        var earlier = mean(sums, begin, until) * LULL;
        if (until - begin < 1 || earlier <= 0 || timeAbove(sums, silence.lastActive(), earlier) > shortest) {
            return true;
        }
        return silence.current() > LONGER * silence(sums, begin, until, earlier).longest();
    }

    /** When a sequence was first used that much; without the leg before, in which that may have begun. */
    private double began(double[] sums, double from, double level) {
        for (var i = 0; i < times.length - 1; i++) {
            if (times[i] >= from && sums[i + 1] - sums[i] >= level * (times[i + 1] - times[i])) {
                return times[Math.max(0, i - 1)];
            }
        }
        return 0;
    }

    /**
     * Pauses in a window and after it.
     *
     * @param longest between two times of activity within the window
     * @param current after the window's last activity: the longest that there was since
     * @param lastActive when that activity ended
     * @param untilEnd from the last activity to the end of the window
     */
    private record Silence(double longest, double current, double lastActive, double untilEnd) {}

    private Silence silence(double[] sums, double from, double to, double level) {
        var first = 0;
        while (first < coarse.length - 2 && times[coarse[first + 1]] <= from) {
            first++;
        }
        var longest = 0.0;
        var current = 0.0;
        var run = 0.0;
        var lastActive = from;
        var seen = false;
        for (var k = first; k < coarse.length - 1; k++) {
            var begin = Math.max(from, times[coarse[k]]);
            var end = times[coarse[k + 1]];
            var rate = coarseLeg(sums, k);
            var before = k == first ? rate : coarseLeg(sums, k - 1);
            var after = k == coarse.length - 2 ? rate : coarseLeg(sums, k + 1);
            var silent = rate < level || rate <= 0;
            if (silent) {
                run += (end - begin) * (after >= level ? 1 - rate / after : 1);
                if (k == coarse.length - 2) {
                    run -= rate <= 0 ? 0 : (end - begin) * rate / level / 2;
                }
                continue;
            }
            var pauseBefore = before < level && after > rate ? (end - begin) * (1 - rate / after) : 0;
            var pauseAfter = after < level && before > rate ? (end - begin) * (1 - rate / before) : 0;
            run += pauseBefore;
            if (begin < to) {
                longest = seen ? Math.max(longest, run) : longest;
                lastActive = Math.min(end - pauseAfter, to);
                current = 0;
                seen = true;
            } else {
                current = Math.max(current, run);
            }
            run = pauseAfter;
        }
        return new Silence(longest, Math.max(current, run), lastActive, to - lastActive);
    }

    private double coarseLeg(double[] sums, int k) {
        return (sums[coarse[k + 1]] - sums[coarse[k]]) / (times[coarse[k + 1]] - times[coarse[k]]);
    }

    /** How long a sequence was used at least that much; not in a leg before a silence, whose calls came at its begin. */
    private double timeAbove(double[] sums, double from, double level) {
        var time = 0.0;
        for (var k = 0; k < coarse.length - 1; k++) {
            var begin = times[coarse[k]];
            var end = times[coarse[k + 1]];
            if (end > from
                    && coarseLeg(sums, k) >= level
                    && (k == coarse.length - 2 ? begin > from : coarseLeg(sums, k + 1) >= level)) {
                time += end - Math.max(begin, from);
            }
        }
        return time;
    }

    private double length() {
        return -times[0];
    }

    private double mean(double[] sums, double from, double to) {
        return to <= from ? 0 : (at(sums, to) - at(sums, from)) / (to - from);
    }

    /** Between two samples, as if the calls lay evenly. */
    private double at(double[] sums, double time) {
        var index = Arrays.binarySearch(times, time);
        if (index >= 0) {
            return sums[index];
        }
        var after = -index - 1;
        if (after == 0) {
            return sums[0];
        }
        if (after == times.length) {
            return sums[after - 1];
        }
        var part = (time - times[after - 1]) / (times[after] - times[after - 1]);
        return sums[after - 1] + part * (sums[after] - sums[after - 1]);
    }

    private static UsageRate plain(double perDay, double days) {
        return UsageRate.plain(perDay, duration(days));
    }

    private static Duration duration(double days) {
        return days >= HORIZON
                ? Forecast.HORIZON
                : Duration.ofMillis(Math.round(days * Duration.ofDays(1).toMillis()));
    }
}
