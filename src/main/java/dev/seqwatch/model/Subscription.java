package dev.seqwatch.model;

/** What the logical subscriptions of this database do with a table. */
public enum Subscription {
    /** No enabled subscription has the table. */
    None,
    /** An enabled subscription has it, and its worker runs. */
    Running,
    /** An enabled subscription has it, but no worker of it was running. */
    Stopped
}
