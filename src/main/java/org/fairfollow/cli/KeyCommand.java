package org.fairfollow.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./run key}: the keys of tools that ask for much. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description =
                "Issues, lists and revokes API keys, in the store of a running service, or else of FAIRFOLLOW_DATA. A"
                        + " running service knows of it within 10 seconds.",
        subcommands = {KeyCommand.Issue.class, KeyCommand.ListAll.class, KeyCommand.Revoke.class})
final class KeyCommand {
    @Command(
            name = "issue",
            mixinStandardHelpOptions = true,
            description = "Issues a key and prints it, only this once: what is stored is a hash of it.")
    static final class Issue extends OfKeys {
        @Parameters(paramLabel = "LABEL", description = "whose key it is; shown in the list")
        @SuppressWarnings("NullAway.Init") // required
        private String label;

        @Option(
                names = "--requests-per-minute",
                paramLabel = "N",
                description = "a quota of its own (default: what all keys have, fairfollow.quota.key.per-minute)")
        private @Nullable Integer requestsPerMinute;

        @Override
        String[] arguments() {
            return requestsPerMinute == null
                    ? new String[] {"issue", label}
                    : new String[] {"issue", label, requestsPerMinute.toString()};
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Prints all keys, the newest first: id, day of issue, requests a minute, label; not the keys"
                    + " themselves, which nobody knows but their holders.")
    static final class ListAll extends OfKeys {
        @Override
        String[] arguments() {
            return new String[] {"list"};
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Revokes a key: it opens nothing any more. Doing it again changes nothing.")
    static final class Revoke extends OfKeys {
        @Parameters(paramLabel = "ID", description = "the key's id, as the list shows it")
        @SuppressWarnings("NullAway.Init") // required
        private String id;

        @Override
        String[] arguments() {
            return new String[] {"revoke", id};
        }
    }

    /** What is done to keys. */
    abstract static class OfKeys extends OnTheStore {
        OfKeys() {
            super(KeyApplication.class);
        }
    }

    private KeyCommand() {}
}
