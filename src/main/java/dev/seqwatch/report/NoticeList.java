package dev.seqwatch.report;

import dev.seqwatch.api.v1alpha1.SequenceMonitorStatus;
import java.util.List;
import java.util.stream.Stream;

/** What a monitor declares in vain, as its status has room for it. */
final class NoticeList {
    private NoticeList() {}

    static List<String> of(List<String> notices) {
        var room = SequenceMonitorStatus.MAX_NOTICES;
        if (notices.size() <= room) {
            return notices.stream().map(Text::cut).toList();
        }
        var more = notices.size() - room + 1;
        return Stream.concat(
                        notices.stream().limit(room - 1).map(Text::cut),
                        Stream.of(more + " more: seqwatch check -f lists them all."))
                .toList();
    }
}
