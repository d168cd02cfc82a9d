package dev.seqwatch.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seqwatch.operator.OperatorSettings.LogLevel;
import dev.seqwatch.postgres.connection.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorSettingsTest {
    @Test
    void an_empty_environment_watches_everything_alone() {
        for (var environment : List.of(Map.<String, String>of(), Map.of("SEQWATCH_NAMESPACES", " , "))) {
            assertThat(OperatorSettings.from(environment))
                    .isEqualTo(
                            new OperatorSettings(Set.of(), null, 4, AllowedHosts.ALL, LogLevel.INFO, Optional.empty()));
        }
    }

    @Test
    void everything_can_be_set() {
        assertThat(OperatorSettings.from(Map.of(
                        "SEQWATCH_NAMESPACES", "shop, crm",
                        "SEQWATCH_SELECTOR", "team=a",
                        "SEQWATCH_CONCURRENCY", "9",
                        "SEQWATCH_ALLOWED_HOSTS", "*.svc,10.0.0.?",
                        "SEQWATCH_LOG_LEVEL", "debug",
                        "POD_NAME", "seqwatch-0",
                        "POD_NAMESPACE", "seqwatch-system")))
                .isEqualTo(new OperatorSettings(
                        Set.of("shop", "crm"),
                        "team=a",
                        9,
                        new AllowedHosts(List.of("*.svc", "10.0.0.?")),
                        LogLevel.DEBUG,
                        Optional.of(new OperatorSettings.Candidate("seqwatch-0", "seqwatch-system"))));
    }

    @Test
    void leader_election_can_be_switched_off() {
        assertThat(OperatorSettings.from(Map.of("POD_NAME", "p", "SEQWATCH_LEADER_ELECTION", "false"))
                        .leadership())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SEQWATCH_CONCURRENCY,0",
        "SEQWATCH_CONCURRENCY,many",
        "SEQWATCH_CONCURRENCY,1001",
        "SEQWATCH_LEADER_ELECTION,yes",
        "SEQWATCH_LEADER_ELECTION,true",
        "SEQWATCH_NAMESPACES,Bad_Name",
        "SEQWATCH_NAMESPACES,shop;crm",
        "SEQWATCH_SELECTOR,team=a=b",
        "SEQWATCH_SELECTOR,team in a",
        "SEQWATCH_SELECTOR,'team=a,'",
        "SEQWATCH_SELECTOR,te am",
        "SEQWATCH_SELECTOR,=a",
        "SEQWATCH_LOG_LEVEL,loud"
    })
    void a_wrong_value_is_named(String name, String value) {
        assertThatThrownBy(() -> OperatorSettings.from(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "team",
                "!team",
                "team=",
                "team==a",
                "team!=a",
                "app.kubernetes.io/name=seqwatch,tier in (web, batch),!legacy",
                "tier notin (a,b) , x=y"
            })
    void a_selector_of_kubernetes_is_taken(String selector) {
        assertThat(OperatorSettings.from(Map.of("SEQWATCH_SELECTOR", selector)).selector())
                .isEqualTo(selector);
    }

    @ParameterizedTest
    @CsvSource({
        "db.shop.svc,true",
        "DB.Shop.SVC,true",
        "db.shop.svc.,true",
        "10.0.0.7,true",
        "10.0.0.77,false",
        "evil.svc.example,false",
        "svc,false",
        "10.0.0.x.example,false",
        "10.0.0.a,false",
        "::ffff:10.0.0.7,true",
        "::ffff:a00:7,true",
        "::ffff:10.0.1.7,false",
        "2001:DB8:0::7,true",
        "2001:db8::8,false",
        "db.example.com,true",
        "db.example.com.,true"
    })
    void a_host_is_allowed_by_a_pattern(String host, boolean allowed) {
        assertThat(new AllowedHosts(List.of("*.svc", "10.0.0.?", "2001:db8:0:0:0:0:0:7", "DB.Example.com."))
                        .allows(new Target.Host(host, 5432)))
                .isEqualTo(allowed);
    }
}
