package dev.seqwatch.model;

/**
 * How ids are spread over the values beside them in a composite index, mostly those that lead it, e.g. the tenant in
 * {@code (tenant, id)}: one numbering for all, or one that begins again for each.
 *
 * @param columns the leading columns, as a person writes them
 * @param seen leading values that were read
 * @param complete whether none that was not read can hold a nearer id
 * @param ahead how many of them hold ids that the sequence will still give
 * @param current whether one of them ends where the sequence stands now, so that it takes the new rows
 * @param sampled last ids of some of them, each compared with a few others
 * @param shared how many of these are stored under another leading value too
 */
public record LeadingValues(
        String columns, int seen, boolean complete, int ahead, boolean current, int sampled, int shared) {
    /**
     * One numbering stores an id once, whatever leads it; ids that begin again are stored under each leading value. A
     * quarter allows for the gaps of the others, and is far above what single inserts behind the data store twice.
     */
    public boolean beginAgain() {
        return sampled > 0 && shared * 4 >= sampled;
    }
}
