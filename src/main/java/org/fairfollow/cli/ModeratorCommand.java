package org.fairfollow.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./run moderator}: the accounts of those who sign in, the first operator's above all. */
@Command(
        name = "moderator",
        mixinStandardHelpOptions = true,
        description = "Sees to the accounts of those who sign in, in the store of a running service, or else of"
                + " FAIRFOLLOW_DATA. What is done holds at once, and is in the log of what moderators did.",
        subcommands = {
            ModeratorCommand.Add.class,
            ModeratorCommand.ListAll.class,
            ModeratorCommand.ChangeRole.class,
            ModeratorCommand.Reset.class,
            ModeratorCommand.Close.class,
            ModeratorCommand.CheckLog.class
        })
final class ModeratorCommand {
    private static final String ROLES =
            "reviewer (sees cases, takes part in audits), moderator (rules on them) or operator"
                    + " (sees to accounts, keys and releases)";

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description =
                    "Makes an account and prints an invitation, only this once: with it its owner sets a password and"
                            + " an authenticator app, within a day.")
    static final class Add extends Named {
        @Option(names = "--role", paramLabel = "ROLE", required = true, description = ROLES)
        @SuppressWarnings("NullAway.Init") // required
        private String role;

        @Override
        String[] arguments() {
            return new String[] {"add", name, role};
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Prints all accounts by name, closed ones too.")
    static final class ListAll extends OfModerators {
        @Override
        String[] arguments() {
            return new String[] {"list"};
        }
    }

    @Command(
            name = "role",
            mixinStandardHelpOptions = true,
            description = "Gives an account another role; its sessions end.")
    static final class ChangeRole extends Named {
        @Parameters(paramLabel = "ROLE", description = ROLES)
        @SuppressWarnings("NullAway.Init") // required
        private String role;

        @Override
        String[] arguments() {
            return new String[] {"role", name, role};
        }
    }

    @Command(
            name = "reset",
            mixinStandardHelpOptions = true,
            description =
                    "For who lost a password or authenticator: what was set opens nothing from now on, sessions end, and"
                            + " a new invitation is printed, only this once.")
    static final class Reset extends Named {
        @Override
        String[] arguments() {
            return new String[] {"reset", name};
        }
    }

    @Command(
            name = "close",
            mixinStandardHelpOptions = true,
            description =
                    "Closes an account for good, and its sessions. Its name stays in the log and is never given again."
                            + " Doing it again changes nothing.")
    static final class Close extends Named {
        @Override
        String[] arguments() {
            return new String[] {"close", name};
        }
    }

    @Command(
            name = "check-log",
            mixinStandardHelpOptions = true,
            description =
                    "Computes the chain of the log of what moderators did anew, and ends with 1 if an entry was changed or"
                            + " taken out. Keep the last hash elsewhere: it tells whether the whole log was written anew.")
    static final class CheckLog extends OfModerators {
        @Override
        String[] arguments() {
            return new String[] {"check-log"};
        }
    }

    /** What is done to one account. */
    abstract static class Named extends OfModerators {
        @Parameters(paramLabel = "NAME", description = "2 to 32 letters a to z, digits, points, hyphens, underscores")
        @SuppressWarnings("NullAway.Init") // required
        String name;
    }

    /** What is done to accounts of those who sign in. */
    abstract static class OfModerators extends OnTheStore {
        OfModerators() {
            super(ModeratorApplication.class);
        }
    }

    private ModeratorCommand() {}
}
