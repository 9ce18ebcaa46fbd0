package org.fairfollow.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.fairfollow.cli.TrainCommand;
import org.fairfollow.detection.followers.AuthenticityModel;
import org.fairfollow.evidence.Counters;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AuthenticityTrainingTest {
    private static final String SHIPPED = "src/main/resources/org/fairfollow/detection/followers/authenticity.json";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int train(String... arguments) {
        return new CommandLine(new TrainCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    /** Invented: fakes follow far more than follow them. */
    private static List<LabelledAccount> invented() {
        Random random = new Random(1);
        List<LabelledAccount> accounts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            boolean fake = i % 5 == 0;
            long size = Math.round(Math.exp(5 + random.nextGaussian()));
            accounts.add(new LabelledAccount(
                    new Counters(
                            fake ? size / 20 : size,
                            Math.round(size * Math.exp(.8 * random.nextGaussian())),
                            fake ? random.nextInt(10) : Math.round(Math.exp(4 + random.nextGaussian())),
                            null,
                            null,
                            null,
                            null),
                    fake));
        }
        return accounts;
    }

    @Test
    void whatShipsComesFromTheDataItNames(@TempDir Path folder) throws IOException {
        Optional<Path> data = Project.shared("data/srf2017-instagram-followers");
        if (data.isEmpty()) {
            return;
        }
        Path file = folder.resolve("again.json");
        assertThat(train(data.get().toString(), "--output", file.toString())).isZero();
        assertThat(Files.readString(file)).isEqualTo(Project.read(SHIPPED));
        assertThat(out.toString()).contains("45 fake and 419 genuine", "AUC", "specificity");
    }

    @Test
    void theSameAccountsAndSeedGiveTheSameParameters() throws IOException {
        AuthenticityModel one =
                new AuthenticityTraining(invented(), 7).run("a", "b", "c").model();
        AuthenticityModel other =
                new AuthenticityTraining(invented(), 7).run("a", "b", "c").model();
        assertThat(new ObjectMapper().writeValueAsString(one)).isEqualTo(new ObjectMapper().writeValueAsString(other));
        assertThat(new AuthenticityTraining(invented(), 8)
                        .run("a", "b", "c")
                        .model()
                        .calibration())
                .isNotEqualTo(one.calibration());
    }

    @Test
    void findsTheShareItAimsAt() {
        AuthenticityModel model =
                new AuthenticityTraining(invented(), 7).run("a", "b", "c").model();
        assertThat(model.validation().fakes()).isEqualTo(60);
        assertThat(model.validation().genuine()).isEqualTo(240);
        assertThat(model.validation().sensitivity()).isBetween(.79, .82);
        assertThat(model.validation().specificity()).isGreaterThan(.9);
    }

    /** Where fakes post more than others, posts are left out rather than held against anybody. */
    @Test
    void noWeightIsNegative() {
        List<LabelledAccount> accounts = invented().stream()
                .map(one -> new LabelledAccount(
                        new Counters(
                                one.counters().followers(),
                                one.counters().following(),
                                one.fake() ? 1_000_000L : 1L,
                                null,
                                null,
                                null,
                                null),
                        one.fake()))
                .toList();
        AuthenticityModel model =
                new AuthenticityTraining(accounts, 7).run("a", "b", "c").model();
        assertThat(model.byFollowsAndPosts().followingPerPost()).isZero();
        assertThat(model.byFollowsAndPosts().followingPerFollower()).isPositive();
    }

    @Test
    void regressionFindsTheLogOddsOfACount() {
        // Without a penalty: 30 of 40 against 10 of 40 is a difference of 2 · ln 3.
        List<double[]> features = new ArrayList<>();
        boolean[] labels = new boolean[80];
        for (int i = 0; i < 80; i++) {
            features.add(new double[] {i < 40 ? 1 : 0});
            labels[i] = i < 30 || i >= 70;
        }
        LogisticRegression fitted = LogisticRegression.fit(features, labels, 0);
        assertThat(fitted.weights()[0]).isCloseTo(2 * Math.log(3), within(1e-9));
        assertThat(fitted.intercept()).isCloseTo(-Math.log(3), within(1e-9));
    }

    @Test
    void tooFewAccountsAreRefused() {
        assertThatThrownBy(() -> new AuthenticityTraining(invented().subList(0, 20), 7))
                .hasMessageContaining("at least 10 fake and 10 genuine");
    }

    @Test
    void aFolderWithoutAccountsIsRefused(@TempDir Path folder) {
        assertThat(train(folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("accounts.csv cannot be read");
    }

    @Test
    void anotherLabelIsRefusedAndNothingWritten(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("accounts.csv"), "id,label,followers,following,posts\n1,bot,2,3,4\n");
        Path file = folder.resolve("out.json");
        assertThat(train(folder.toString(), "--output", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("line 2", "'bot' is neither fake nor genuine");
        assertThat(file).doesNotExist();
    }
}
