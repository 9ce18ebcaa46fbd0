package org.fairfollow.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpClient;
import io.vertx.core.net.NetClient;
import jakarta.ws.rs.HttpMethod;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairfollow.http.Access;

/** The rules of the house (docs/architecture.md), for rooms below any package: the real ones, or those of the canaries. */
enum Rules {
    ROOMS_SEE_ONLY_WHAT_LIES_LEFT_OF_THEM(root -> {
        ArchRule all = null;
        for (int i = 0; i < Room.IN_ORDER.size(); i++) {
            String[] right = Room.IN_ORDER.subList(i + 1, Room.IN_ORDER.size()).toArray(String[]::new);
            if (right.length > 0) {
                all = and(
                        all,
                        noClasses()
                                .that()
                                .resideInAPackage(root + Room.IN_ORDER.get(i) + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(packages(root, right)));
            }
        }
        return all;
    }),

    STORE_KNOWS_NO_ROOM(root -> noClasses()
            .that()
            .resideInAPackage(root + "store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages(root, Room.ALL_AND_HTTP))),

    HTTP_KNOWS_NO_ROOM_AND_OF_THE_STORE_ONLY_THAT_IT_CAN_BE_AWAY(root -> noClasses()
            .that()
            .resideInAPackage(root + "http..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(packages(root, Room.ALL))
                    .or(resideInAPackage(root + "store..").and(not(simpleName("DatabaseAwayException")))))),

    INTAKE_JUDGES_NOTHING(root -> noClasses()
            .that()
            .resideInAPackage(root + "intake..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages(root, "detection", "verdict", "publication", "lookup", "operations", "cli"))),

    NETWORK_KNOWS_ACCOUNTS_ALONE_AND_IS_KNOWN_TO_THE_DOORS(root -> and(
            noClasses()
                    .that()
                    .resideInAPackage(root + "network..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(packages(root, Room.ALL_AND_HTTP))
                            .and(not(resideInAnyPackage(packages(root, "account", "network"))))
                            .or(resideInAPackage(root + "store.."))),
            noClasses()
                    .that()
                    .resideInAPackage(everywhere(root))
                    .and()
                    .resideOutsideOfPackages(packages(root, "network", "intake", "review", "operations", "cli"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(root + "network.."))),

    NETWORKS_ARE_PACKAGES_THAT_NOBODY_SEES(root -> and(
            noClasses()
                    .that()
                    .resideInAPackage(everywhere(root))
                    .and()
                    .resideOutsideOfPackage(root + "network.*..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(root + "network.*.."),
            and(
                    noClasses()
                            .that()
                            .resideInAnyPackage(root + "network.outbound..", root + "network.bluesky..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(root + "network.mastodon.."),
                    noClasses()
                            .that()
                            .resideInAnyPackage(root + "network.outbound..", root + "network.mastodon..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(root + "network.bluesky..")))),

    ONLY_NETWORK_CALLS_OTHER_MACHINES(root -> {
        // A command reads the export that whoever runs it names, on their own machine.
        DescribedPredicate<JavaClass> others = resideInAPackage(everywhere(root))
                .and(not(resideInAPackage(root + "network..")))
                .and(not(resideInAPackage(root + "cli.recompute..").and(simpleName("Source"))));
        return and(
                noClasses()
                        .that(others)
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("java.net.http..", "io.vertx.ext.web.client..")
                                .or(assignableTo(Socket.class))
                                .or(assignableTo(DatagramSocket.class))
                                .or(assignableTo(SocketChannel.class))
                                .or(assignableTo(AsynchronousSocketChannel.class))
                                .or(assignableTo(URLConnection.class))
                                .or(assignableTo(HttpClient.class))
                                .or(assignableTo(NetClient.class))),
                noClasses()
                        .that(others)
                        .should()
                        .callMethodWhere(describe(
                                "opens an address",
                                call -> call.getTargetOwner().isEquivalentTo(URL.class)
                                        && call.getName().startsWith("open"))));
    }),

    HEARSAY_IS_KNOWN_TO_ITS_DOOR_AND_TO_WHAT_FORGETS_IT(root -> noClasses()
            .that()
            .resideInAPackage(everywhere(root))
            .and()
            .resideOutsideOfPackages(packages(root, "reporter", "intake", "operations"))
            .should()
            .dependOnClassesThat(
                    describe("are hearsay", known -> known.getName().startsWith(root + "reporter.Hearsay")))),

    REPORTS_ARE_READ_BY_NOTHING_THAT_JUDGES(root -> noClasses()
            .that()
            .resideInAPackage(everywhere(root))
            .and()
            .resideOutsideOfPackages(packages(root, "reporter", "intake", "review", "operations"))
            .should()
            .dependOnClassesThat(describe("are reports", known -> known.getName()
                    .matches(Pattern.quote(root)
                            + "reporter\\.(Reports(\\W.*|Repository.*)?|Report|Claim|Trust|Weighing)")))),

    NOBODY_SEES_THE_OUTER_ROOMS(root -> {
        ArchRule all = null;
        for (String outer : List.of("intake", "lookup", "review")) {
            all = and(
                    all,
                    noClasses()
                            .that()
                            .resideInAnyPackage(packages(root, Room.ALL_AND_HTTP))
                            .and()
                            .resideOutsideOfPackages(packages(root, outer, seenByOne(outer), "operations", "cli"))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(root + outer + ".."));
        }
        return and(
                all,
                noClasses()
                        .that()
                        .resideOutsideOfPackages(packages(root, "operations", "cli"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(packages(root, "operations", "cli")));
    }),

    JUDGEMENT_AND_SNAPSHOT_READ_NEITHER_CLOCK_NOR_CHANCE(root -> {
        DescribedPredicate<JavaClass> pure = resideInAPackage(root + "detection..")
                .or(resideInAPackage(root + "verdict").and(simpleName("Policy")))
                .or(resideInAPackage(root + "publication").and(simpleName("Snapshot")));
        return and(
                noClasses()
                        .that(pure)
                        .should()
                        .dependOnClassesThat(assignableTo(Clock.class)
                                .or(assignableTo(Random.class))
                                .or(assignableTo(RandomGenerator.class))
                                .or(assignableTo(SecureRandom.class))
                                .or(resideInAnyPackage("java.sql..", "jakarta.inject..", "jakarta.enterprise.."))),
                noClasses().that(pure).should().callMethodWhere(describe("tells the time or draws", Rules::isImpure)));
    }),

    SQL_IS_SPOKEN_ONLY_IN_ROOMS_THAT_OWN_TABLES(root -> noClasses()
            .that()
            .resideOutsideOfPackages(
                    packages(root, "store", "account", "evidence", "reporter", "verdict", "publication", "review"))
            .should()
            .callMethodWhere(describe(
                    "makes a statement",
                    call -> call.getTargetOwner().isAssignableTo(Connection.class)
                            && Stream.of("createStatement", "prepareStatement", "prepareCall")
                                    .anyMatch(call.getName()::equals)))),

    ROWS_STAY_IN_THEIR_ROOM(root -> classes()
            .that()
            .areAssignableTo(PanacheEntityBase.class)
            .and(resideInAPackage(everywhere(root)))
            .should()
            .bePackagePrivate()
            .andShould()
            .haveSimpleNameEndingWith("Row")),

    EVERY_ENDPOINT_SAYS_WHO_MAY_CALL_IT(root -> methods()
            .that(describe("are endpoints", method -> method.getAnnotations().stream()
                    .anyMatch(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))))
            .should()
            .beAnnotatedWith(Access.class)),

    /** AccessFilter looks their sessions up in the database, on the thread of the endpoint. */
    WHO_SIGNED_IN_IS_NOT_LOOKED_UP_ON_THE_EVENT_LOOP(root -> methods()
            .that(describe("are open to those who sign in", Rules::isForPeople))
            .should()
            .notBeAnnotatedWith(NonBlocking.class)
            .andShould()
            .beDeclaredInClassesThat()
            .areNotAnnotatedWith(NonBlocking.class)),

    NOTHING_IS_CALLED_BY_WHAT_IT_IS_NOT(root -> and(
            noClasses().that().resideInAPackage(everywhere(root)).should().resideInAPackage("..util.."),
            noClasses()
                    .that()
                    .resideInAPackage(everywhere(root))
                    .should()
                    .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Data|Info|Score)")));

    private static final class Room {
        /** As evidence flows. */
        static final List<String> IN_ORDER =
                List.of("account", "evidence", "reporter", "detection", "verdict", "publication", "lookup");

        static final String[] ALL = Stream.concat(
                        IN_ORDER.stream(), Stream.of("network", "intake", "review", "operations", "cli"))
                .toArray(String[]::new);
        static final String[] ALL_AND_HTTP =
                Stream.concat(Arrays.stream(ALL), Stream.of("http")).toArray(String[]::new);
    }

    private final Function<String, ArchRule> rule;

    Rules(Function<String, ArchRule> rule) {
        this.rule = rule;
    }

    /** The rule for the rooms below this package. */
    ArchRule below(String rootPackage) {
        return rule.apply(rootPackage + ".").allowEmptyShould(true);
    }

    private static boolean isForPeople(JavaMethod method) {
        return method.tryGetAnnotationOfType(Access.class)
                .map(access -> Set.of(Access.Caller.REVIEWER, Access.Caller.MODERATOR, Access.Caller.OPERATOR)
                        .contains(access.value()))
                .orElse(false);
    }

    /** Owners and moderators look at what readers see. */
    private static String seenByOne(String outer) {
        return outer.equals("lookup") ? "review" : outer;
    }

    private static boolean isImpure(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        return (owner.startsWith("java.time.") && call.getName().equals("now"))
                || (owner.equals(System.class.getName())
                        && List.of("currentTimeMillis", "nanoTime").contains(call.getName()))
                || (owner.equals(Math.class.getName()) && call.getName().equals("random"))
                || (owner.equals(UUID.class.getName()) && call.getName().equals("randomUUID"));
    }

    private static String everywhere(String root) {
        return root.substring(0, root.length() - 1) + "..";
    }

    private static String[] packages(String root, String... rooms) {
        return Arrays.stream(rooms).map(room -> root + room + "..").toArray(String[]::new);
    }

    private static ArchRule and(ArchRule one, ArchRule other) {
        return one == null ? other : CompositeArchRule.of(one).and(other);
    }
}
