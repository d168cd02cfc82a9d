package dev.seqwatch.inspection;

import java.util.List;
import java.util.Set;

/**
 * One inspection of every database that a monitor takes.
 *
 * @param inspections in the order of the names of their databases
 * @param setAside databases that the patterns take and that are not read, by name
 * @param dropped databases that earlier inspections read and that the server no longer has
 */
public record ServerInspection(List<Inspection> inspections, List<SetAside> setAside, Set<String> dropped) {
    public ServerInspection {
        inspections = List.copyOf(inspections);
        setAside = List.copyOf(setAside);
        dropped = Set.copyOf(dropped);
    }

    public static ServerInspection of(List<Inspection> inspections) {
        return new ServerInspection(inspections, List.of(), Set.of());
    }
}
