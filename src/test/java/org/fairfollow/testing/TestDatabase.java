package org.fairfollow.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import org.fairfollow.store.EmbeddedMariaDb;

/** The embedded MariaDB, empty, behind a line that tests can cut; one for the whole run. */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {
    private EmbeddedMariaDb database;
    private DatabaseLine line;
    private boolean cutAtStart;

    /** @param arguments {@code line=cut} for a service that starts without its database */
    @Override
    public void init(Map<String, String> arguments) {
        cutAtStart = "cut".equals(arguments.get("line"));
    }

    @Override
    public Map<String, String> start() {
        try {
            database = EmbeddedMariaDb.start(Project.folder().resolve("target/test-database"), true);
            line = DatabaseLine.to(port(database.connection().jdbcUrl()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (cutAtStart) {
            line.cut();
        }
        EmbeddedMariaDb.Connection direct = database.connection();
        return Map.of(
                "quarkus.datasource.jdbc.url",
                direct.jdbcUrl().replace(":" + port(direct.jdbcUrl()) + "/", ":" + line.port() + "/"),
                "quarkus.datasource.username",
                direct.username(),
                "quarkus.datasource.password",
                direct.password(),
                "fairfollow.operator-token",
                Api.OPERATOR_TOKEN,
                // It would say for each import that it has no opinion on the lines.
                "quarkus.log.category.\"com.atlassian.oai\".level",
                "WARN");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(line, new TestInjector.MatchesType(DatabaseLine.class));
    }

    @Override
    public void stop() {
        if (line != null) {
            line.close();
        }
        if (database != null) {
            database.close();
        }
    }

    private static int port(String jdbcUrl) {
        return URI.create(jdbcUrl.substring("jdbc:".length())).getPort();
    }
}
