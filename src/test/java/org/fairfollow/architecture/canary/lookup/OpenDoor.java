package org.fairfollow.architecture.canary.lookup;

import jakarta.ws.rs.GET;

/** An endpoint that does not say who may call it; without a path, so that nobody can. */
public final class OpenDoor {
    @GET
    public String open() {
        return "open";
    }
}
