package dev.seqwatch.compare;

import static java.util.stream.Collectors.toMap;

import dev.seqwatch.compare.Difference.Effect;
import dev.seqwatch.compare.Difference.Kind;
import dev.seqwatch.model.CutoverState;
import dev.seqwatch.model.CutoverState.MissingPrivilege;
import dev.seqwatch.model.InsertGrant;
import dev.seqwatch.model.ReadOnlyDefault;
import dev.seqwatch.model.RelationName;
import dev.seqwatch.model.RolePrivilege;
import dev.seqwatch.model.Sql;
import dev.seqwatch.model.UserTable;
import dev.seqwatch.model.WatchedSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tables, owners, roles and privileges of the source that the target lacks. */
final class ObjectComparison {
    private final CutoverState state;
    private final Map<RelationName, UserTable> targets;
    private final Map<RelationName, Set<String>> sourceBounds;
    private final Map<RelationName, Set<String>> targetBounds;
    private final List<Difference> differences = new ArrayList<>();

    private ObjectComparison(CutoverState state) {
        this.state = state;
        this.sourceBounds = bounds(state.sourceTables());
        this.targetBounds = bounds(state.targetTables());
        this.targets =
                state.targetTables().stream().collect(toMap(UserTable::name, Function.identity(), (one, _) -> one));
    }

    static List<Difference> of(CutoverState state) {
        var comparison = new ObjectComparison(state);
        comparison.tables();
        comparison.partitions();
        comparison.owners();
        comparison.privileges();
        comparison.settings();
        comparison.onlyAtTarget();
        return comparison.differences;
    }

    private void tables() {
        state.sourceTables().stream()
                .filter(table -> table.parent() == null && !targets.containsKey(table.name()))
                .forEach(table -> differences.add(new Difference(
                        Kind.TableMissing,
                        Effect.No,
                        table.name().toString(),
                        "The target has no such " + noun(table)
                                + ". Copy its definition: pg_dump --schema-only --table="
                                + table.name().sql() + ".")));
    }

    private static String noun(UserTable table) {
        return table.kind() == UserTable.Kind.View ? "view" : "table";
    }

    /**
     * A partition that the target lacks. The two may be cut in different ways: where the target has a partition of its own,
     * and where it is no partitioned table, that is only said.
     */
    private void partitions() {
        var missing = new TreeMap<RelationName, List<UserTable>>();
        for (var table : state.sourceTables()) {
            var parent = table.parent();
            if (parent != null && !targets.containsKey(table.name()) && !hasBound(parent, table)) {
                missing.computeIfAbsent(parent, _ -> new ArrayList<>()).add(table);
            }
        }
        missing.forEach((parent, partitions) -> {
            var target = targets.get(parent);
            if (target == null || target.kind() != UserTable.Kind.Partitioned) {
                return;
            }
            var alike = sourceBounds
                    .getOrDefault(parent, Set.of())
                    .containsAll(targetBounds.getOrDefault(parent, Set.of()));
            differences.add(new Difference(
                    Kind.PartitionMissing,
                    alike ? Effect.No : Effect.Note,
                    parent.toString(),
                    "The target lacks " + Names.count(partitions.size(), "partition") + " of the table: "
                            + Names.some(
                                    partitions.stream().map(UserTable::name).toList())
                            + (alike
                                    ? ". Rows that belong there are refused."
                                    : ". It has others, which may take those rows.")));
        });
    }

    /** Whether the target has a partition for the same values, or one for all others. */
    private boolean hasBound(RelationName parent, UserTable partition) {
        var there = targetBounds.getOrDefault(parent, Set.of());
        return there.contains(String.valueOf(partition.bound())) || there.contains("DEFAULT");
    }

    private static Map<RelationName, Set<String>> bounds(List<UserTable> tables) {
        var bounds = new HashMap<RelationName, Set<String>>();
        for (var table : tables) {
            if (table.parent() != null) {
                bounds.computeIfAbsent(table.parent(), _ -> new HashSet<>()).add(String.valueOf(table.bound()));
            }
        }
        return bounds;
    }

    private void owners() {
        var others = new ArrayList<String>();
        var remedy = new ArrayList<String>();
        for (var table : state.sourceTables()) {
            var target = targets.get(table.name());
            if (target != null && !target.owner().equals(table.owner())) {
                others.add("table %s (%s, %s)".formatted(table.name(), table.owner(), target.owner()));
                remedy.add("ALTER TABLE %s OWNER TO %s;".formatted(table.name().sql(), Sql.identifier(table.owner())));
            }
        }
        var sequences = byName(state.target().sequences());
        for (var watched : state.source().sequences()) {
            var target = sequences.get(watched.name());
            if (target != null
                    && watched.owned() == null
                    && !target.sequence().owner().equals(watched.sequence().owner())) {
                others.add("sequence %s (%s, %s)"
                        .formatted(
                                watched.name(),
                                watched.sequence().owner(),
                                target.sequence().owner()));
                remedy.add("ALTER SEQUENCE %s OWNER TO %s;"
                        .formatted(
                                watched.name().sql(),
                                Sql.identifier(watched.sequence().owner())));
            }
        }
        if (!others.isEmpty()) {
            differences.add(new Difference(
                    Kind.OwnerDiffers,
                    Effect.Note,
                    "owners",
                    "Source and target have different owners of " + Names.count(others.size(), "object") + ": "
                            + Names.some(others) + ".",
                    String.join("\n", remedy)));
        }
    }

    private static Map<RelationName, WatchedSequence> byName(List<WatchedSequence> sequences) {
        return sequences.stream().collect(toMap(WatchedSequence::name, Function.identity(), (one, _) -> one));
    }

    private void privileges() {
        var identities = identities();
        var byRole = new TreeMap<String, List<MissingPrivilege>>();
        state.missing().stream()
                .filter(missing -> missing.privilege().kind() != RolePrivilege.Kind.SequenceUsage
                        || !identities.contains(new RelationName(
                                missing.privilege().schema(),
                                missing.privilege().name())))
                .forEach(missing -> byRole.computeIfAbsent(missing.privilege().role(), _ -> new ArrayList<>())
                        .add(missing));
        byRole.forEach((role, missing) -> {
            if (missing.stream().noneMatch(MissingPrivilege::roleExists)) {
                differences.add(
                        new Difference(
                                Kind.RoleMissing,
                                Effect.No,
                                role,
                                "The target has no such role, which can insert at the source. Roles belong to the server: pg_dumpall --roles-only copies them."));
            } else {
                var byKind = new LinkedHashMap<RolePrivilege.Kind, List<RolePrivilege>>();
                missing.stream()
                        .map(MissingPrivilege::privilege)
                        .sorted(Comparator.comparing(RolePrivilege::kind).thenComparing(RolePrivilege::object))
                        .forEach(each -> byKind.computeIfAbsent(each.kind(), _ -> new ArrayList<>())
                                .add(each));
                byKind.forEach((kind, privileges) -> differences.add(new Difference(
                        Kind.PrivilegeMissing, Effect.No, role, sentence(kind, privileges), remedy(privileges))));
            }
        });
        insertsWithoutUsage();
    }

    /** Sequences of identity columns at the target, which an insert uses without a privilege. */
    private Set<RelationName> identities() {
        return state.target().sequences().stream()
                .filter(watched -> watched.owned() != null && watched.owned().identity())
                .map(WatchedSequence::name)
                .collect(Collectors.toSet());
    }

    /** Of a sequence that has another name at the target, or is called by another object there. */
    private void insertsWithoutUsage() {
        var known = new HashSet<InsertGrant>();
        state.source().sequences().forEach(watched -> known.addAll(watched.withoutUsage()));
        var said = differences.stream()
                .filter(difference -> difference.kind() == Kind.PrivilegeMissing)
                .flatMap(difference -> String.valueOf(difference.remedy()).lines())
                .collect(Collectors.toSet());
        for (var watched : state.target().sequences()) {
            for (var grant : new TreeSet<>(watched.withoutUsage().stream()
                    .filter(grant -> !known.contains(grant))
                    .map(InsertGrant::role)
                    .toList())) {
                var remedy = grantSql(RolePrivilege.Kind.SequenceUsage, watched.name(), grant);
                if (!said.contains(remedy)) {
                    differences.add(new Difference(
                            Kind.PrivilegeMissing,
                            Effect.No,
                            grant,
                            "At the target, the role may insert and may not call " + watched.name() + ".",
                            remedy));
                }
            }
        }
    }

    private static String sentence(RolePrivilege.Kind kind, List<RolePrivilege> privileges) {
        var objects = Names.some(privileges.stream().map(RolePrivilege::object).toList());
        return switch (kind) {
            case Login -> "The role may log in at the source and not at the target.";
            case Connect -> "The role may connect to the source and not to the target.";
            case Membership ->
                "At the source, the role has the privileges of " + objects + "; at the target it has not.";
            case SchemaUsage -> "At the target, the role has no USAGE on schemas: " + objects + ".";
            case Insert -> "At the target, the role may not insert into " + objects + ".";
            case InsertColumns -> "At the target, the role may not insert into any column of " + objects + ".";
            case SequenceUsage -> "At the target, the role may not call " + objects + ".";
        };
    }

    private String remedy(List<RolePrivilege> privileges) {
        return privileges.stream().map(this::grantSql).collect(Collectors.joining("\n"));
    }

    private String grantSql(RolePrivilege privilege) {
        var role = roleSql(privilege.role());
        return switch (privilege.kind()) {
            case Login -> "ALTER ROLE " + role + " LOGIN;";
            case Connect ->
                "GRANT CONNECT ON DATABASE " + Sql.identifier(state.target().database()) + " TO " + role + ";";
            case Membership -> "GRANT " + Sql.identifier(privilege.name()) + " TO " + role + ";";
            case SchemaUsage -> "GRANT USAGE ON SCHEMA " + Sql.identifier(privilege.schema()) + " TO " + role + ";";
            case InsertColumns ->
                Sql.comment("Grant INSERT on the columns that the source names: \\dp "
                        + new RelationName(privilege.schema(), privilege.name()).sql());
            case Insert, SequenceUsage ->
                grantSql(privilege.kind(), new RelationName(privilege.schema(), privilege.name()), privilege.role());
        };
    }

    private static String grantSql(RolePrivilege.Kind kind, RelationName relation, String role) {
        return (kind == RolePrivilege.Kind.Insert ? "GRANT INSERT ON TABLE " : "GRANT USAGE ON SEQUENCE ")
                + relation.sql() + " TO " + roleSql(role) + ";";
    }

    private static String roleSql(String role) {
        return role.equals(InsertGrant.PUBLIC) ? role : Sql.identifier(role);
    }

    private void settings() {
        state.searchPaths().forEach((role, path) -> {
            var there = state.targetLook().searchPaths().get(role);
            if (!path.equals(there) && (role.isEmpty() || exists(role))) {
                differences.add(new Difference(
                        Kind.SettingDiffers,
                        Effect.No,
                        role.isEmpty() ? state.source().database() : role,
                        "search_path is " + path + " at the source and "
                                + (there == null ? "not set" : there)
                                + " at the target: names without a schema, also in defaults and triggers, mean something else or nothing.",
                        role.isEmpty()
                                ? "ALTER DATABASE %s SET search_path TO %s;"
                                        .formatted(Sql.identifier(state.target().database()), path)
                                : "ALTER ROLE %s IN DATABASE %s SET search_path TO %s;"
                                        .formatted(
                                                Sql.identifier(role),
                                                Sql.identifier(state.target().database()),
                                                path)));
            }
        });
        if (state.targetLook().readOnly().level() != ReadOnlyDefault.Level.Off) {
            differences.add(new Difference(
                    Kind.TargetReadOnly,
                    Effect.Note,
                    state.target().database(),
                    "At the target, default_transaction_read_only is on: turn it off before applications move."));
        }
    }

    /** A role that the target lacks is reported as such. */
    private boolean exists(String role) {
        return state.missing().stream()
                .noneMatch(missing ->
                        !missing.roleExists() && missing.privilege().role().equals(role));
    }

    private void onlyAtTarget() {
        var tables = state.sourceTables().stream().map(UserTable::name).collect(Collectors.toSet());
        var paired = SequencePair.of(state.source(), state.target()).stream()
                .flatMap(pair -> pair.targets().stream())
                .map(WatchedSequence::name)
                .collect(Collectors.toSet());
        var others = new ArrayList<String>();
        state.targetTables().stream()
                .filter(table -> table.parent() == null && !tables.contains(table.name()))
                .forEach(table -> others.add(noun(table) + " " + table.name()));
        state.target().sequences().stream()
                .map(WatchedSequence::name)
                .filter(name -> !paired.contains(name))
                .forEach(name -> others.add("sequence " + name));
        if (!others.isEmpty()) {
            differences.add(new Difference(
                    Kind.OnlyAtTarget,
                    Effect.Note,
                    "target",
                    "The source lacks " + Names.count(others.size(), "object")
                            + " of the target, which a way back would miss: " + Names.some(others) + "."));
        }
    }
}
