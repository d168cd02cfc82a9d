package dev.seqwatch.model;

/**
 * Something that an inspection reads beside the core: the core is positions, limits and stored ids. A fact that could not
 * be read costs the checks that need it and nothing else.
 */
public enum Fact {
    UniqueIndexes("which columns a unique index protects"),
    CallingCode("functions, triggers, rules and views that call nextval"),
    ColumnLimits("CHECK constraints, generated columns and partitions that limit ids"),
    ProbableUses("keys that sequences without a known use may feed"),
    LateBoundDefaults("defaults that find their sequence by search_path"),
    ColumnStatistics("statistics of the columns that no index answers for"),
    IntegerColumns("integer columns that store ids near the end of their type"),
    OtherUses("views, functions and other objects that use a sequence"),
    TypeChangeBlockers("objects that keep the type of a column from being changed"),
    ViewDefaults("defaults of views that call nextval"),
    InsertableViews("views that rows can be inserted through"),
    InsertGrants("roles that may insert but may not call the sequence"),
    DefaultGrants("default privileges"),
    HiddenSchemas("schemas that our role has no USAGE on"),
    StatsReset("since when the statistics count");

    private final String description;

    Fact(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }
}
