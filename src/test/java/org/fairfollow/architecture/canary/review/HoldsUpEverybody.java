package org.fairfollow.architecture.canary.review;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import org.fairfollow.http.Access;

class HoldsUpEverybody {
    @GET
    @Access(Access.Caller.REVIEWER)
    @NonBlocking
    public void answer() {}
}
