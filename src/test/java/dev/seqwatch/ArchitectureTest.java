package dev.seqwatch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.text.Format;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Formatter;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Who may know whom: what each package may use of the others and of the libraries. */
@AnalyzeClasses(packages = "dev.seqwatch", importOptions = ArchitectureTest.MainClasses.class)
final class ArchitectureTest {
    /** Those that lie where the entry point lies, whatever tool compiled them. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return location.contains(Seqwatch.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath());
        }
    }

    private static final String ROOT = "dev.seqwatch.";
    private static final String API = ROOT + "api..";
    private static final String MODEL = ROOT + "model..";
    private static final String FORECAST = ROOT + "forecast..";
    private static final String REMEDY = ROOT + "remedy..";
    private static final String CHECK = ROOT + "check..";
    private static final String COMPARE = ROOT + "compare..";
    private static final String POSTGRES = ROOT + "postgres..";
    private static final String CONNECTION = ROOT + "postgres.connection..";
    private static final String CATALOG = ROOT + "postgres.catalog..";
    private static final String NEXTVAL = ROOT + "postgres.nextval..";
    private static final String IDS = ROOT + "postgres.ids..";
    private static final String ASSEMBLY = ROOT + "assembly..";
    private static final String READING = ROOT + "reading..";
    private static final String CONFIG = ROOT + "config..";
    private static final String INSPECTION = ROOT + "inspection..";
    private static final String REPORT = ROOT + "report..";
    private static final String STATUS = ROOT + "report.status..";
    private static final String METRICS = ROOT + "report.metrics..";
    private static final String TEXT = ROOT + "report.text..";
    private static final String OPERATOR = ROOT + "operator..";
    private static final String CLI = ROOT + "cli..";
    private static final String CLUSTER = ROOT + "cli.cluster..";

    /** Collections, text, numbers, and times that somebody else took. */
    private static final String[] PLAIN_JAVA = {
        "java.lang..",
        "java.util",
        "java.util.concurrent..",
        "java.util.function",
        "java.util.regex",
        "java.util.stream",
        "java.math..",
        "java.time..",
        "org.jspecify.annotations.."
    };

    /** A number, a time, or letters made upper case. */
    private static final Pattern FOLLOWS_THE_LOCALE =
            Pattern.compile("(?<!%)(%%)*%([0-9]+[$])?[-#+ 0,(]*[0-9]*([.][0-9]+)?[deEfgGtTSBHC]");

    @ArchTest
    static final ArchRule model = only(MODEL, uses(PLAIN_JAVA))
            .because("the words of the domain and their arithmetic must hold whatever reads or shows them");

    @ArchTest
    static final ArchRule forecast = only(FORECAST, uses(PLAIN_JAVA).or(resideInAPackage(MODEL)))
            .because("a rate follows from positions and times alone, so that a simulated load can test it");

    @ArchTest
    static final ArchRule remedy = only(REMEDY, uses(PLAIN_JAVA).or(resideInAPackage(MODEL)))
            .because("a script follows from what was read, whichever check asks for it");

    @ArchTest
    static final ArchRule check = only(CHECK, uses(PLAIN_JAVA).or(resideInAnyPackage(MODEL, FORECAST, REMEDY)))
            .because("a check decides on facts alone: a test is a table of values, and every output says the same");

    @ArchTest
    static final ArchRule compare = only(COMPARE, uses(PLAIN_JAVA).or(resideInAPackage(MODEL)))
            .because("whether one database continues another follows from what was read of both");

    @ArchTest
    static final ArchRule assembly = only(
                    ASSEMBLY, uses(PLAIN_JAVA).or(resideInAnyPackage(MODEL, CATALOG, NEXTVAL, IDS)))
            .because("what rows mean is decided without a connection: a test is a table of rows");

    @ArchTest
    static final ArchRule noClock = noClasses()
            .that()
            .resideInAnyPackage(MODEL, FORECAST, REMEDY, CHECK, COMPARE, ASSEMBLY, REPORT, API)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class)
            .orShould()
            .callMethodWhere(asksTheTime())
            .because("time is an argument: the same facts must give the same findings and the same status");

    @ArchTest
    static final ArchRule timeIsHandedIn = noClasses()
            .should()
            .callMethodWhere(asksTheTime())
            .because(
                    "a clock comes as an InstantSource, so that tests can turn it; only the commands take the system's");

    @ArchTest
    static final ArchRule api = only(
                    API,
                    uses(PLAIN_JAVA)
                            .or(resideInAnyPackage(
                                    "io.fabric8.generator.annotation..",
                                    "io.fabric8.crd.generator.annotation..",
                                    "io.fabric8.kubernetes.api.model..",
                                    "io.fabric8.kubernetes.client",
                                    "io.fabric8.kubernetes.model.annotation..",
                                    "com.fasterxml.jackson.annotation..")))
            .because("the resource is a contract with its users: no decision of ours may shape it by accident");

    @ArchTest
    static final ArchRule connection = only(
                    CONNECTION,
                    uses(PLAIN_JAVA)
                            .or(resideInAPackage(MODEL))
                            .or(resideInAnyPackage(
                                    "java.sql..",
                                    "java.io..",
                                    "java.net..",
                                    "java.nio..",
                                    "java.security..",
                                    "javax.net..",
                                    "org.postgresql..")))
            .because("how to reach a server and how to treat it gently depends on no query");

    @ArchTest
    static final ArchRule nextval = only(NEXTVAL, uses(PLAIN_JAVA).or(resideInAPackage(MODEL)))
            .because("the text of a function is parsed wherever it was read");

    @ArchTest
    static final ArchRule catalog = only(
                    CATALOG,
                    uses(PLAIN_JAVA)
                            .or(resideInAnyPackage(MODEL, CONNECTION, NEXTVAL))
                            .or(uses("java.sql", "java.nio.charset")))
            .because("a query fetches rows and does not judge them");

    @ArchTest
    static final ArchRule ids = only(
                    IDS,
                    uses(PLAIN_JAVA)
                            .or(resideInAnyPackage(MODEL, CONNECTION, CATALOG))
                            .or(uses("java.sql")))
            .because("somebody else decides which ids are read");

    @ArchTest
    static final ArchRule reading = only(
                    READING,
                    uses(PLAIN_JAVA)
                            .or(resideInAnyPackage(MODEL, POSTGRES, ASSEMBLY))
                            .or(uses("java.sql")))
            .because("SQL fetches facts and does not judge them, so the reader must know neither checks nor monitors");

    @ArchTest
    static final ArchRule jdbc = noClasses()
            .that()
            .resideOutsideOfPackages(POSTGRES, READING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
            .because(
                    "the rules that keep a monitored database unharmed hold only where every statement is sent by these packages");

    @ArchTest
    static final ArchRule config = only(
                    CONFIG,
                    uses(PLAIN_JAVA)
                            .or(resideInAnyPackage(API, MODEL, CHECK, CONNECTION, CATALOG))
                            .or(uses("java.net", "java.nio.charset")))
            .because("a spec, a file, a URI and a Secret must come to the same configuration");

    @ArchTest
    static final ArchRule inspection = only(
                    INSPECTION,
                    uses(PLAIN_JAVA)
                            .or(resideInAnyPackage(
                                    MODEL, FORECAST, CHECK, COMPARE, CONFIG, CONNECTION, CATALOG, READING)))
            .because("operator and command line must come to the same inspection, so it knows neither of them");

    @ArchTest
    static final ArchRule report = only(
                    REPORT,
                    uses(PLAIN_JAVA)
                            .or(resideInAnyPackage(API, MODEL, FORECAST, CHECK, COMPARE, CONFIG, INSPECTION))
                            .or(uses(
                                    "io.fabric8.kubernetes.api.model..",
                                    "io.fabric8.kubernetes.api.builder..",
                                    "io.micrometer.core..",
                                    "io.micrometer.prometheus",
                                    "com.fasterxml.jackson..")))
            .because("every output renders the same inspection and reads nothing by itself");

    @ArchTest
    static final ArchRule text = noClasses()
            .that()
            .resideInAPackage(TEXT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STATUS, METRICS, API)
            .because("the command line shows what it found without the words of Kubernetes");

    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + "(**)")
            .should()
            .beFreeOfCycles()
            .because("a package can then be read after those that it uses, and without the others");

    @ArchTest
    static final ArchRule operator = noClasses()
            .that()
            .resideInAPackage(OPERATOR)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLI)
            .because("the operator runs where there is no terminal");

    @ArchTest
    static final ArchRule nobodyKnowsTheOperator = noClasses()
            .that()
            .resideOutsideOfPackage(OPERATOR)
            .and()
            .doNotBelongToAnyOf(Seqwatch.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(OPERATOR)
            .because(
                    "what is needed elsewhere belongs to a package below; the program alone puts the commands together");

    @ArchTest
    static final ArchRule kubernetesClient = noClasses()
            .that()
            .resideOutsideOfPackages(OPERATOR, API, CLUSTER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..")
            .because("check works without a cluster, and starts without the client of one");

    @ArchTest
    static final ArchRule noLocaleOfTheMachine = noClasses()
            .should()
            .callCodeUnitWhere(takesTheLocaleOfTheMachine())
            .because("SQL, files and messages must not change with the digits and letters of a user's language");

    @ArchTest
    static final ArchRule formatsTextAlone = classes()
            .that(describe("call String.formatted", ArchitectureTest::callsFormatted))
            .should(haveNoPatternWith(
                    "%d and its like, which follow the locale of the machine: use %s, or String.format with a locale"));

    private static ArchRule only(String room, DescribedPredicate<JavaClass> allowed) {
        return classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat(allowed.or(resideInAPackage(room)).or(primitivesAndArrays()));
    }

    private static DescribedPredicate<JavaClass> uses(String... packages) {
        return resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaClass> primitivesAndArrays() {
        return describe("primitive or array", type -> type.isPrimitive() || type.isArray());
    }

    private static DescribedPredicate<JavaCall<?>> asksTheTime() {
        return describe("asks the system for the time", call -> switch (call.getName()) {
            case "now" -> call.getTargetOwner().getPackageName().equals("java.time");
            case "currentTimeMillis", "nanoTime" -> call.getTargetOwner().isEquivalentTo(System.class);
            default -> false;
        });
    }

    private static DescribedPredicate<JavaCall<?>> takesTheLocaleOfTheMachine() {
        return describe("takes the locale of the machine", call -> {
            var owner = call.getTargetOwner();
            var parameters = call.getTarget().getRawParameterTypes();
            if (parameters.stream().anyMatch(type -> type.isEquivalentTo(Locale.class))) {
                return false;
            }
            return switch (call.getName()) {
                case "toLowerCase", "toUpperCase" -> owner.isEquivalentTo(String.class);
                case "format", "printf" ->
                    owner.isEquivalentTo(String.class)
                            || owner.isAssignableTo(PrintStream.class)
                            || owner.isAssignableTo(PrintWriter.class);
                case "ofPattern", "ofLocalizedDate", "ofLocalizedTime", "ofLocalizedDateTime" ->
                    owner.isEquivalentTo(DateTimeFormatter.class);
                case "getDefault" -> owner.isEquivalentTo(Locale.class);
                case "getInstance", "getNumberInstance", "getIntegerInstance", "getPercentInstance" ->
                    owner.isAssignableTo(Format.class);
                case "<init>" -> owner.isAssignableTo(Format.class) || owner.isEquivalentTo(Formatter.class);
                default -> false;
            };
        });
    }

    private static boolean callsFormatted(JavaClass type) {
        return type.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getName().equals("formatted")
                        && call.getTargetOwner().isEquivalentTo(String.class));
    }

    /** String.formatted knows no other locale than the machine's: patterns are among the constants of the class. */
    private static ArchCondition<JavaClass> haveNoPatternWith(String what) {
        return new ArchCondition<>("have no pattern with %s", what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                constants(type)
                        .filter(text -> FOLLOWS_THE_LOCALE.matcher(text).find())
                        .forEach(text -> events.add(SimpleConditionEvent.violated(
                                type, type.getName() + " has the pattern \"" + text.strip() + "\"")));
            }
        };
    }

    private static Stream<String> constants(JavaClass type) {
        try (var bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return StreamSupport.stream(
                    ClassFile.of().parse(bytes.readAllBytes()).constantPool().spliterator(), false)
                    .filter(StringEntry.class::isInstance)
                    .map(entry -> ((StringEntry) entry).stringValue())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
