package org.fairfollow.testing;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.IOException;
import org.fairfollow.http.Access;
import org.fairfollow.store.Store;
import org.hibernate.Session;

/** Calls of the tests' own that fail in every way a call can, each failure quoting what was asked for. */
@Path("/broken/{way}/{name}")
public class BrokenCalls {
    /** How a call fails. */
    public enum Way {
        EXCEPTION,
        CHECKED,
        ERROR,
        STATEMENT,
        ENTITY
    }

    private final Store store;
    private final Session session;

    BrokenCalls(Store store, Session session) {
        this.store = store;
        this.session = session;
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @io.smallrye.common.annotation.RunOnVirtualThread
    public String fail(@PathParam("way") Way way, @PathParam("name") String name) throws IOException {
        switch (way) {
            case EXCEPTION -> throw new IllegalStateException("no " + name, new RuntimeException("because of " + name));
            case CHECKED -> throw new IOException("no " + name);
            case ERROR -> throw new StackOverflowError(name);
            case STATEMENT -> execute("INSERT INTO latch (name) VALUES ('" + name + "'), ('" + name + "')");
            case ENTITY ->
                session.createNativeQuery("SELECT CAST('" + name + "' AS nonsense)", String.class)
                        .getResultList();
        }
        return name;
    }

    /** A route beside the endpoints. */
    void route(@Observes Router router) {
        router.get("/broken-route/:name").handler(call -> {
            throw new IllegalStateException("no " + call.pathParam("name"));
        });
    }

    private void execute(String sql) {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }
}
