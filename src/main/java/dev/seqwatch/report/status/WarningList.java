package dev.seqwatch.report.status;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import dev.seqwatch.report.Text;
import java.util.List;
import java.util.stream.Stream;

/** What a monitor declares in vain, as its status has room for it. */
final class WarningList {
    private WarningList() {}

    static List<String> of(List<String> warnings) {
        var room = SequenceMonitorStatus.MAX_NOTICES;
        if (warnings.size() <= room) {
            return warnings.stream().map(Text::cut).toList();
        }
        var more = warnings.size() - room + 1;
        return Stream.concat(
                        warnings.stream().limit(room - 1).map(Text::cut),
                        Stream.of(more + " more: seqwatch check -f lists them all."))
                .toList();
    }
}
