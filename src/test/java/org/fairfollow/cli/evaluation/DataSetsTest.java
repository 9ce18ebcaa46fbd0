package org.fairfollow.cli.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.cli.evaluation.InventedFolder.ACCOUNTS;
import static org.fairfollow.cli.evaluation.InventedFolder.detector;
import static org.fairfollow.cli.evaluation.InventedFolder.finding;
import static org.fairfollow.cli.evaluation.InventedFolder.judges;
import static org.fairfollow.cli.evaluation.InventedFolder.measure;
import static org.fairfollow.cli.evaluation.InventedFolder.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fairfollow.cli.evaluation.SubjectFigures.Outcome;
import org.fairfollow.cli.evaluation.WholePipeline.PipelineFigures;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.SampledPost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {
    private static final Function<Dossier, Opinion> UNKNOWN = dossier -> Opinion.TOO_LITTLE_EVIDENCE;

    @TempDir
    Path directory;

    private InventedFolder folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = new InventedFolder(Files.createDirectory(directory.resolve("sets")));
    }

    @Test
    void aPerfectClassifierIsPerfect() throws IOException {
        List<String> rows = new ArrayList<>(List.of(ACCOUNTS.strip()));
        for (int i = 0; i < 20; i++) {
            rows.add("f%d.example,x,fake,%d,900,0,30,0,0".formatted(i, i));
            rows.add("g%d.example,x,genuine,%d,100,9,900,1,40".formatted(i, 200 + i));
        }
        DataSetFigures figures =
                folder.with("s/accounts.csv", rows.toArray(String[]::new)).measured(judges());
        for (String id : List.of("precision", "recall", "specificity", "accuracy", "mcc")) {
            assertThat(measure(figures, "follower-authenticity", id, "fake").value())
                    .as(id)
                    .isEqualTo(1);
        }
        assertThat(measure(figures, "follower-authenticity", "auc", "").value()).isEqualTo(1);
        assertThat(measure(figures, "follower-authenticity", "base-rate", "").value())
                .isEqualTo(.5);
        assertThat(measure(figures, "follower-authenticity", "specificity-at-recall-95", "")
                        .count())
                .isEqualTo(20);
    }

    @Test
    void aClassifierThatGuessesIsNoBetterThanChance() throws IOException {
        Random random = new Random(5);
        List<String> rows = new ArrayList<>(List.of(ACCOUNTS.strip()));
        for (int i = 0; i < 2_000; i++) {
            rows.add("a%d.example,x,%s,%d,%d,,,,"
                    .formatted(i, random.nextInt(3) == 0 ? "bot" : "human", random.nextInt(99), random.nextInt(99)));
        }
        DataSetFigures figures =
                folder.with("s/accounts.csv", rows.toArray(String[]::new)).measured(judges());
        Measure auc = measure(figures, "follower-authenticity", "auc", "");
        assertThat(auc.lower()).isLessThan(.5);
        assertThat(auc.upper()).isGreaterThan(.5);
        Measure mcc = measure(figures, "follower-authenticity", "mcc", "fake");
        assertThat(mcc.lower()).isNegative();
        assertThat(mcc.upper()).isPositive();
        assertThat(measure(figures, "follower-authenticity", "precision", "fake")
                        .value())
                .as("the base rate, no more")
                .isBetween(.25, .42);
    }

    @Test
    void whoHasNoCountersIsAbstainedOnAndNotJudged() throws IOException {
        DataSetFigures figures = folder.with(
                        "s/accounts.csv",
                        ACCOUNTS.strip(),
                        "a,x,fake,1,9,,,,",
                        "b,x,fake,,9,,,,",
                        "c,x,genuine,9,1,,,,",
                        "d,x,celebrity,9,1,,,,")
                .measured(judges());
        assertThat(measure(figures, "follower-authenticity", "recall", "fake").of())
                .isEqualTo(1);
        assertThat(measure(figures, "follower-authenticity", "abstained", "").count())
                .isEqualTo(1);
        assertThat(subject(figures, "follower-authenticity").outcomes())
                .containsExactly(
                        new Outcome("fake", 1, 0, 0),
                        new Outcome("inactive", 0, 0, 0),
                        new Outcome("genuine", 0, 1, 1),
                        new Outcome("unknown", 1, 0, 0));
        assertThat(figures.labels()).contains(new Labels.LabelFigures("celebrity", LabelReading.NOT_UNDERSTOOD, 1));
    }

    @Test
    void rowsThatCannotBeAreLeftOutAndCounted() throws IOException {
        DataSetFigures figures = folder.with(
                        "s/accounts.csv",
                        ACCOUNTS.strip(),
                        "a,x,fake,1,9,,,,",
                        "a,x,fake,1,9,,,,",
                        "b,x,fake,-1,9,,,,",
                        "c,x,fake,9000000000,9,,,,",
                        "d,x,fake,some,9,,,,",
                        "e,x,fake,1,9,,,maybe,",
                        "f,x,fake,1,9",
                        "g,x,genuine,9,1,,,,")
                .measured(judges());
        assertThat(figures.files()).singleElement().satisfies(file -> {
            assertThat(file.rows()).isEqualTo(8);
            assertThat(file.accounts()).isEqualTo(2);
            assertThat(file.refused())
                    .isEqualTo(Map.of(
                            "duplicate-id",
                            1L,
                            "impossible-count",
                            2L,
                            "invalid-number",
                            1L,
                            "invalid-flag",
                            1L,
                            "wrong-number-of-columns",
                            1L));
        });
    }

    @Test
    void columnsMayLackOrBeUnknownOrStandAnywhere() throws IOException {
        DataSetFigures figures = folder.with(
                        "s/accounts.csv", "Following,colour,FOLLOWERS,label,id", "9,red,1,fake,a", "1,blue,9,human,b")
                .measured(judges());
        assertThat(measure(figures, "follower-authenticity", "accuracy", "fake").value())
                .isEqualTo(1);
    }

    @Test
    void accountsWithoutCountersLendTheirLabels() throws IOException {
        DataSetFigures figures = folder.with("s/accounts.csv", "id,label", "a,human")
                .with("s/posts.csv", "id,time_utc,text", "a,2026-01-01T00:00:00Z,hello")
                .measured(judges(detector(Practice.UNFOLLOW_SHAMING, dossier -> Opinion.PRESENT)));
        assertThat(figures.files().getFirst().nothing())
                .isEqualTo("it has no column `followers`, `following`; only its labels were read");
        assertThat(measure(figures, "unfollow-shaming", "specificity", "present")
                        .value())
                .isZero();
    }

    @Test
    void theTrainingFileIsKnownByItsContent() throws IOException, NoSuchAlgorithmException {
        String[] rows = {ACCOUNTS.strip(), "a,x,fake,1,9,,,,"};
        byte[] hash = MessageDigest.getInstance("SHA-256").digest((String.join("\n", rows) + "\n").getBytes());
        Judges known = judges();
        Judges trained = new Judges(
                known.detectors(),
                known.followers(),
                sha256 -> HexFormat.of().formatHex(sha256).equals(HexFormat.of().formatHex(hash)),
                known.posts(),
                known.handLabels());
        folder.with("any-name/accounts.csv", rows).with("other/accounts.csv", ACCOUNTS.strip(), "b,x,fake,1,9,,,,");
        List<DataSetFigures> sets = folder.report(trained).dataSets();
        assertThat(subject(sets.get(0), "follower-authenticity").notes().getFirst())
                .contains("trained on this file", "./run train");
        assertThat(subject(sets.get(1), "follower-authenticity").notes())
                .noneMatch(note -> note.contains("trained on"));
    }

    @Test
    void followingSeriesBecomeOneReadingADay() throws IOException {
        List<Dossier> dossiers = new ArrayList<>();
        DataSetFigures figures = folder.with(
                        "s/following_series.csv",
                        "id,network,label,reading,following",
                        "a,x,polluter,2,70",
                        "a,x,polluter,0,50",
                        "a,x,polluter,0,55",
                        "b,x,legitimate,0,",
                        "b,x,legitimate,1,10")
                .measured(judges(detector(Practice.FOLLOW_CHURN, dossier -> {
                    dossiers.add(dossier);
                    return dossier.observations().profiles().size() == 2 ? Opinion.SIGNS : Opinion.TOO_LITTLE_EVIDENCE;
                })));
        List<ProfileCounters> profiles = dossiers.getFirst().observations().profiles();
        assertThat(profiles).extracting(one -> one.following().count()).containsExactly(50L, 70L);
        assertThat(profiles.get(1).at() - profiles.get(0).at()).isEqualTo(2 * 86_400);
        assertThat(profiles).allMatch(one -> one.measured() && one.following().exact());
        assertThat(dossiers.getFirst().asOf()).isEqualTo(profiles.getLast().at());
        assertThat(measure(figures, "follow-churn", "recall", "signs-or-present")
                        .value())
                .isEqualTo(1);
        assertThat(measure(figures, "follow-churn", "recall", "present").value())
                .isZero();
        assertThat(measure(figures, "follow-churn", "auc", "").value()).isEqualTo(1);
        assertThat(measure(figures, "follow-churn", "abstained", "").count()).isEqualTo(1);
        assertThat(figures.files().getFirst().refused())
                .isEqualTo(Map.of("duplicate-reading", 1L, "missing-count", 1L));
    }

    @Test
    void aSpikeHeldAgainstAnInnocentIsAFalseOne() throws IOException {
        Detector buying = new Detector() {
            @Override
            public Practice practice() {
                return Practice.BUYS_FOLLOWERS;
            }

            @Override
            public String version() {
                return "buys-followers/0";
            }

            @Override
            public PracticeDescription describe() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Record thresholds() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Finding judge(Dossier dossier) {
                long last =
                        dossier.observations().profiles().getLast().followers().count();
                return finding(
                        practice(),
                        Opinion.TOO_LITTLE_EVIDENCE,
                        List.of(new Finding.Table(
                                "families",
                                List.of("provenance", "dynamics", "synchrony"),
                                List.of(List.of(0.0, last < 1_000 ? 0.0 : 1.0, 0.0)))));
            }
        };
        DataSetFigures figures = folder.with(
                        "s/follower_series.csv",
                        "id,network,label,time_utc,followers,following",
                        "a,x,genuine,2020-01-02T00:00:00Z,1000,",
                        "a,x,genuine,2020-01-01T00:00:00Z,100,7",
                        "b,x,genuine,2020-01-01T00:00:00Z,100,",
                        "b,x,genuine,2020-01-02T00:00:00Z,999,")
                .measured(judges(buying));
        Measure spikes = measure(figures, "buys-followers", "negative-with-pattern", "");
        assertThat(spikes.count()).isEqualTo(1);
        assertThat(spikes.of()).isEqualTo(2);
        assertThat(measure(figures, "buys-followers", "specificity", "signs-or-present")
                        .value())
                .isEqualTo(1);
    }

    @Test
    void postsBecomeOneMeasuredSampleAsOfTheNewest() throws IOException {
        List<Dossier> dossiers = new ArrayList<>();
        List<String> rows = new ArrayList<>(List.of("id,network,label,is_repost,time_utc,text"));
        for (int i = 0; i < 1_002; i++) {
            rows.add("a,x,genuine,%d,%s,\"post, %d\"".formatted(i % 2, Instant.ofEpochSecond(1_600_000_000L + i), i));
        }
        rows.add("a,x,genuine,0,soon,late");
        DataSetFigures figures = folder.with("s/posts.csv", rows.toArray(String[]::new))
                .measured(judges(detector(Practice.UNFOLLOW_SHAMING, dossier -> {
                    dossiers.add(dossier);
                    return Opinion.ABSENT;
                })));
        assertThat(dossiers).singleElement().satisfies(dossier -> {
            List<SampledPost> posts =
                    dossier.observations().postSamples().getFirst().posts();
            assertThat(posts).hasSize(1_000);
            assertThat(posts.getFirst().at()).isEqualTo(1_600_000_002L);
            assertThat(dossier.asOf()).isEqualTo(posts.getLast().at());
            assertThat(posts).extracting(SampledPost::kind).contains(PostKind.ORIGINAL, PostKind.REPOST);
            assertThat(dossier.observations().postSamples().getFirst().measured())
                    .isTrue();
            assertThat(dossier.observations().postSamples().getFirst().questions())
                    .isNull();
        });
        assertThat(figures.files().getFirst().notes())
                .anyMatch(note -> note.contains("more than 1,000 rows, of which the last were judged: 1"));
        assertThat(figures.files().getFirst().refused()).isEqualTo(Map.of("invalid-time", 1L));
    }

    @Test
    void handLabelledPostsAreMeasuredOneByOneInHalves() throws IOException {
        Map<String, Boolean> labels = new HashMap<>();
        List<String> rows = new ArrayList<>(List.of("id,time_utc,text,is_repost"));
        long even = 0;
        for (int i = 0; i < 40; i++) {
            String time = "2026-01-01T00:00:%02dZ".formatted(i);
            String text = i % 4 < 2 ? "3 people unfollowed" : "hello";
            String post = HandLabels.post("a" + i, time, text);
            even += Integer.parseInt(post, 0, 2, 16) % 2 == 0 ? 1 : 0;
            // Of four: a hit, a repost that would be one, a yes that is missed, a plain no.
            rows.add("a%d,%s,%s,%d".formatted(i, time, text, i % 4 == 1 ? 1 : 0));
            labels.put(post, i % 4 == 0 || i % 4 == 2);
        }
        rows.add(rows.get(1));
        Judges known = judges();
        Judges judges = new Judges(
                known.detectors(), known.followers(), known.trainedOn(), known.posts(), new HandLabels(labels, 0));
        DataSetFigures figures =
                folder.with("s/posts.csv", rows.toArray(String[]::new)).measured(judges);
        assertThat(subject(figures, "unfollow-shaming-posts-unseen").proxy()).isFalse();
        Measure unseen = measure(figures, "unfollow-shaming-posts-unseen", "accuracy", "hit");
        Measure developed = measure(figures, "unfollow-shaming-posts-developed-on", "accuracy", "hit");
        assertThat(developed.of()).isEqualTo(even);
        assertThat(unseen.of() + developed.of()).as("each post once").isEqualTo(40);
        assertThat(measure(figures, "unfollow-shaming-posts-unseen", "precision", "hit")
                        .value())
                .isEqualTo(1);
        assertThat(measure(figures, "unfollow-shaming-posts-unseen", "recall", "hit")
                                .of()
                        + measure(figures, "unfollow-shaming-posts-developed-on", "recall", "hit")
                                .of())
                .isEqualTo(20);
    }

    @Test
    void anInnocentListedByAnyFileIsCountedOnce() throws IOException {
        DataSetFigures figures = folder.with(
                        "s/accounts.csv",
                        ACCOUNTS.strip(),
                        "a,x,human,9,1,,,,",
                        "b,x,human,9,1,,,,",
                        "c,x,bot,9,1,,,,",
                        "d,x,who,9,1,,,,")
                .with("s/posts.csv", "id,time_utc,text", "a,2026-01-01T00:00:00Z,x", "e,2026-01-01T00:00:00Z,x")
                .measured(judges(
                        detector(
                                Practice.AUTOMATED_PROMOTION,
                                dossier -> dossier.observations().postSamples().isEmpty()
                                        ? Opinion.TOO_LITTLE_EVIDENCE
                                        : Opinion.PRESENT),
                        detector(Practice.AUTO_DM, dossier -> Opinion.PRESENT)));
        PipelineFigures pipeline = figures.wholePipeline();
        assertThat(pipeline.accounts()).isEqualTo(2);
        assertThat(pipeline.listed()).isEqualTo(2);
        assertThat(pipeline.atMost()).isEqualTo(1);
        assertThat(pipeline.positiveListed()).isEqualTo(1);
        assertThat(pipeline.byPractice())
                .containsExactly(
                        new WholePipeline.PracticeCount(Practice.AUTO_DM, 2, 0),
                        new WholePipeline.PracticeCount(Practice.AUTOMATED_PROMOTION, 1, 0));
    }

    @Test
    void aDetectorThatBreaksDownIsToldOfAndTheRestIsJudged() throws IOException {
        folder.with("s/posts.csv", "id,label,time_utc,text", "a,human,2026-01-01T00:00:00Z,x");
        DataSetsReport report = folder.report(judges(
                detector(Practice.AUTOMATED_PROMOTION, dossier -> {
                    throw new IllegalStateException("broken");
                }),
                detector(Practice.UNFOLLOW_SHAMING, UNKNOWN)));
        assertThat(report.complete()).isFalse();
        assertThat(report.dataSets().getFirst().failures())
                .containsExactly(
                        "the detector of automated-promotion broke down on 1 accounts, which count as not judged");
        assertThat(measure(report.dataSets().getFirst(), "unfollow-shaming", "abstained", "")
                        .value())
                .isEqualTo(1);
    }

    @Test
    void strangeFoldersAreSurvivedAndListed() throws IOException {
        folder.with("empty/.keep", new byte[0])
                .with("other/messages.csv", "id,text")
                .with("stray.csv", "id")
                .with(".hidden/accounts.csv", "id")
                .with("good/accounts.csv", ACCOUNTS.strip(), "a,x,fake,1,9,,,,")
                .with("headless/accounts.csv", new byte[0]);
        Path sets = folder.path();
        Files.createDirectories(sets.resolve("twisted/posts.csv"));
        Files.createSymbolicLink(sets.resolve("twisted/accounts.csv"), Path.of("accounts.csv"));
        Files.createSymbolicLink(sets.resolve("loop"), sets);
        Files.createSymbolicLink(sets.resolve("nowhere"), sets.resolve("not-there"));
        DataSetsReport report = folder.report(judges());
        assertThat(report.dataSets())
                .extracting(DataSetFigures::name)
                .containsExactly("empty", "good", "headless", "loop", "other", "twisted");
        Map<String, DataSetFigures> byName =
                report.dataSets().stream().collect(Collectors.toMap(DataSetFigures::name, set -> set));
        assertThat(byName.get("other").nothing()).contains("it holds none of accounts.csv", "only `messages.csv`");
        assertThat(byName.get("loop").nothing()).contains("`good`");
        assertThat(byName.get("headless").files().getFirst().nothing()).isEqualTo("it is empty");
        assertThat(byName.get("twisted").files())
                .extracting(FileFigures::failure)
                .containsExactly("it is not a file", "it is not a file");
        assertThat(report.complete()).isFalse();
        assertThat(byName.get("good").failed()).isFalse();
    }

    @Test
    void aFolderThatIsItselfADataSetIsMeasured() throws IOException {
        folder.with("accounts.csv", ACCOUNTS.strip(), "a,x,fake,1,9,,,,");
        assertThat(folder.report(judges()).dataSets()).singleElement().satisfies(set -> assertThat(set.subjects())
                .hasSize(1));
    }

    @Test
    void namesDecideNothing() throws IOException {
        String[] rows = {ACCOUNTS.strip(), "a,x,fake,1,9,,,,", "b,x,genuine,9,1,,,,", "c,x,genuine,1,9,,,,"};
        folder.with("cresci2015-fake-followers/accounts.csv", rows).with("x/accounts.csv", rows);
        List<DataSetFigures> sets = folder.report(judges()).dataSets();
        assertThat(sets.get(0).subjects()).isEqualTo(sets.get(1).subjects());
    }
}
