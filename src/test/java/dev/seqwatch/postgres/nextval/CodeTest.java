package dev.seqwatch.postgres.nextval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seqwatch.postgres.nextval.CodeUse.Call;
import dev.seqwatch.postgres.nextval.CodeUse.Target;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line a text: what it calls nextval on, and where the value goes. */
class CodeTest {
    private static final SequenceText.Context TRIGGER = new SequenceText.Context(
            List.of(), new SequenceText.Context.Trigger("shop", "emp", List.of("argument_seq", "second")));

    @ParameterizedTest
    @CsvSource(delimiterString = "@@", quoteCharacter = '`', textBlock = """
            begin new.id := nextval('s'); return new; end                            @@ s > NEW.id
            BEGIN NEW."Id" := pg_catalog.nextval('a.s'); RETURN NEW; END             @@ a.s > NEW.Id
            begin new.id = nextval('s'::regclass); return new; end                   @@ s > NEW.id
            begin if new.id is null then new.id := nextval('s'); end if; return new; end @@ s > NEW.id
            begin if new.id is null then select nextval('s') into new.id; end if; return new; end @@ s > NEW.id
            begin select nextval('s') into strict new.id from dual; return new; end  @@ s > NEW.id
            begin select nextval('s') from dual into new.id; return new; end         @@ s > NEW.id
            begin select into new.id nextval('s'); return new; end                   @@ s > NEW.id
            begin select nextval('s'), now() into new.id, new.at; return new; end    @@ s > NEW.id
            begin new.id := coalesce(new.id, nextval('s')); return new; end          @@ s > NEW.id
            begin new.id := (select nextval('s')); return new; end                   @@ s > NEW.id
            begin new.id := (nextval('s'))::int; return new; end                     @@ s > NEW.id
            begin new.id := cast(nextval('s') as int); return new; end               @@ s > NEW.id
            begin new.id := case when new.id is null then nextval('s') else new.id end; return new; end @@ s > NEW.id
            begin new.id := nextval('s') * 10; return new; end                       @@ s ~ NEW.id
            begin new.code := 'R' || nextval('s'); return new; end                   @@ s ~ NEW.code
            begin new.id := abs(nextval('s')); return new; end                       @@ s ~ NEW.id
            declare v bigint; begin v := nextval('s'); new.id := v; return new; end  @@ s > NEW.id
            declare v emp.id%type := nextval('s'); begin new.id := v; return new; end @@ s > NEW.id
            declare v bigint default nextval('s'); begin new.id := v; return new; end @@ s > NEW.id
            declare v bigint; begin select nextval('s') into v; new.id := v + 1; return new; end @@ s ~ NEW.id
            begin new.id := nextval(tg_argv[0]); return new; end                     @@ argument_seq > NEW.id
            begin new.id := nextval(TG_ARGV[1]::regclass); return new; end           @@ second > NEW.id
            begin new.id := nextval(TG_TABLE_NAME || '_seq'); return new; end        @@ emp_seq > NEW.id
            begin new.id := nextval((tg_table_schema || '.' || tg_relname || '_seq')::regclass); return new; end @@ shop.emp_seq > NEW.id
            begin new.id := nextval(x || '_seq'); return new; end                    @@ ? > NEW.id
            begin execute 'select nextval(''s'')' into new.id; return new; end       @@ ? > -
            begin /* x */ /* new.id := nextval('s'); */ new.id := 1; return new; end                                            @@ nothing
            begin /* new.id := nextval('s'); /* */ */ return new; end                @@ nothing
            begin raise notice 'nextval(''s'')'; return new; end                     @@ nothing
            begin new.id := currval('s') + lastval(); perform setval('s', 1); return new; end @@ nothing
            begin new.id := snowflake.nextval('s'); return new; end                  @@ nothing
            begin perform nextval('s'); return new; end                              @@ s > -
            begin return nextval('s'); end                                           @@ s > result
            begin insert into log(id, v) values (nextval('log_seq'), new.v); return new; end @@ log_seq > log.id
            begin insert into a.log as l (v, id) select new.v, nextval('s') from x; return new; end @@ s > a.log.id
            begin insert into log values (new.v, nextval('s')); return new; end      @@ s > log.2
            begin insert into log select nextval('s'); return new; end               @@ s > log.1
            declare v int; begin v := nextval('s'); insert into log(id) values (1), (v); end @@ s > log.id
            begin with x as (insert into log(id) values (nextval('s')) returning id) select 1 into new.v from x; return new; end @@ s > log.id
            begin update t set id = nextval('s'); end                                @@ s > -
            begin for i in 1..3 loop new.a[i] := nextval('s'); end loop; end         @@ s > -
            begin new.id := nextval('"Mixed"."S.x"'); return new; end                @@ Mixed.S.x > NEW.id
            begin new.id := nextval('MIXED'); return new; end                        @@ mixed > NEW.id
            begin new.id := nextval(E's\\'x'); return new; end                       @@ s'x > NEW.id
            begin new.id := nextval($q$s$q$); return new; end                        @@ s > NEW.id
            begin case new.v when 1 then new.id := nextval('a'); else new.id := nextval('b'); end case; return new; end @@ a > NEW.id, b > NEW.id
            begin begin new.id := nextval('s'); exception when others then null; end; return new; end @@ s > NEW.id
            <<l>> declare v int; begin v = nextval('s'); return v; end               @@ s > result
            """)
    void plpgsql(String text, String expected) {
        assertThat(calls(Code.ofPlpgsql(text, List.of()))).isEqualTo(set(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "@@", quoteCharacter = '`', textBlock = """
            select nextval('s')                                                      @@ s > result
            SELECT nextval('public.s'::regclass) AS nextval                          @@ public.s > result
            RETURN nextval('public.s'::regclass)                                     @@ public.s > result
            BEGIN ATOMIC SELECT nextval('public.s'::regclass) AS nextval; END        @@ public.s > result
            select nextval('s')::text                                                @@ s > result
            select 'A' || nextval('s')                                               @@ s ~ result
            select (extract(epoch from now()) * 1000)::bigint << 23 | (nextval('s') % 1024) @@ s ~ result
            insert into t(id) values (nextval('s')) returning id                     @@ s > t.id
            insert into t(id) values (nextval('s')); select 1                        @@ s > t.id
            select nextval($1)                                                       @@ ? > result
            CREATE RULE r AS ON INSERT TO public.v DO INSTEAD INSERT INTO public.t (id, a) VALUES (nextval('public.s'::regclass), new.a); @@ public.s > public.t.id
            CREATE RULE r AS ON INSERT TO v DO INSTEAD ( INSERT INTO t (id) VALUES (nextval('s'::regclass)); INSERT INTO u (id) VALUES (currval('s'::regclass)); ); @@ s > t.id
            """)
    void sql(String text, String expected) {
        assertThat(calls(Code.ofSql(text, List.of()))).isEqualTo(set(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            nextval('public.s'::regclass)                       ; public.s > result
            (nextval('public.s'::regclass))::integer            ; public.s > result
            nextval(('s'::text)::regclass)                      ; s > result
            ('A'::text || nextval('public.s'::regclass))        ; public.s ~ result
            currval('public.s'::regclass)                       ; nothing
            '{public.s}'::regclass[]                            ; nothing
            'public.s'::regclass                                ; nothing
            snowflake.nextval('public.s'::regclass)             ; nothing
            'nextval(''public.s''::regclass)'::text             ; nothing
            ARRAY[nextval('public.s'::regclass)]                ; public.s ~ result
            GREATEST(nextval('public.s'::regclass), (1)::bigint) ; public.s ~ result
            """)
    void expressions(String text, String expected) {
        assertThat(calls(Code.ofExpression(text))).isEqualTo(set(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            begin new.id := next_id(); return new; end          | next_id()
            begin new.id := shop.next_id(`emp`, 1); return new; end | shop.next_id(emp, ?)
            begin return coalesce(new.id, next_id()); end       | next_id()
            """)
    void other_functions(String text, String expected) {
        assertThat(Code.ofPlpgsql(text.replace("`", "'"), List.of()).uses().stream()
                        .filter(CodeUse::exact)
                        .map(CodeUse::call)
                        .map(call -> call instanceof Call.Function(var name, var arguments)
                                ? name
                                        + arguments.stream()
                                                .map(CodeTest::name)
                                                .collect(Collectors.joining(", ", "(", ")"))
                                : "nextval"))
                .containsExactly(expected);
    }

    private static Set<String> set(String expected) {
        return expected.equals("nothing") ? Set.of() : new TreeSet<>(List.of(expected.split(", ")));
    }

    /** A call whose target is known is not told again without one. */
    private static Set<String> calls(Code code) {
        var all = new TreeSet<String>();
        var calls = code.uses().stream()
                .filter(use -> use.call() instanceof Call.Nextval)
                .toList();
        for (var use : calls) {
            var other = calls.stream()
                    .anyMatch(each -> each.call().equals(use.call()) && !(each.target() instanceof Target.Unknown));
            if (use.target() instanceof Target.Unknown && other) {
                continue;
            }
            var sequence = name(((Call.Nextval) use.call()).sequence());
            var target = switch (use.target()) {
                case Target.NewColumn(var column) -> "NEW." + column;
                case Target.TableColumn(var table, var column) -> table + "." + column;
                case Target.TablePosition(var table, var position) -> table + "." + position;
                case Target.Result _ -> "result";
                case Target.Unknown _ -> "-";
            };
            all.add(sequence + (use.exact() || target.equals("-") ? " > " : " ~ ") + target);
        }
        return all;
    }

    private static String name(SequenceText text) {
        return text.in(TRIGGER).name().map(QualifiedName::toString).orElse("?");
    }
}
