package org.fairfollow.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.fairfollow.cli.training.AuthenticityTraining;
import org.fairfollow.cli.training.AuthenticityTraining.Trained;
import org.fairfollow.cli.training.LabelledAccount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./run train}: fits the parameters by which followers are told apart. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Fits the parameters by which a follower's numbers tell how likely it is fake, prints what"
                + " cross-validation says of them, and writes them. The same accounts and seed give the same bytes."
                + " What is fitted to a data set ships under the licence of that data set.")
public final class TrainCommand implements Callable<Integer> {
    private static final String FILE = "src/main/resources/org/fairfollow/detection/followers/authenticity.json";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            description = "folder with accounts.csv: label (fake or genuine), followers, following, posts")
    @SuppressWarnings("NullAway.Init") // required
    private Path folder;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = FILE,
            description = "where to write (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path file;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "2017",
            description = "any whole number; deals the folds (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--attribution",
            paramLabel = "TEXT",
            defaultValue = "Fitted to followers of Swiss influencers on Instagram, labelled by SRF Data (2017)",
            description = "whose data it is (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // has a default
    private String attribution;

    @Option(
            names = "--licence",
            paramLabel = "TEXT",
            defaultValue = "SRF Data, CC BY-SA 4.0: https://creativecommons.org/licenses/by-sa/4.0/",
            description = "the data's licence, which becomes the parameters' (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // has a default
    private String licence;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            Trained trained = new AuthenticityTraining(accounts(), seed).run(attribution, licence, sha256());
            PrintWriter out = spec.commandLine().getOut();
            out.print(trained.text());
            out.flush();
            Files.writeString(
                    file,
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(trained.model()) + "\n");
            return 0;
        } catch (IllegalArgumentException | IOException e) {
            err.println("train: " + e.getMessage());
            return 1;
        }
    }

    private String sha256() throws IOException {
        try {
            byte[] trainedOn = Files.readAllBytes(folder.resolve("accounts.csv"));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(trainedOn));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<LabelledAccount> accounts() throws IOException {
        if (!Files.isReadable(folder.resolve("accounts.csv"))) {
            throw new ParameterException(
                    spec.commandLine(), folder.resolve("accounts.csv") + " cannot be read; name a folder with it");
        }
        return LabelledAccount.read(folder);
    }
}
