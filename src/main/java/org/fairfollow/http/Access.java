package org.fairfollow.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says who may call an endpoint; every endpoint says so. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Access {
    Caller value();

    /** Who calls. */
    enum Caller {
        ANYONE,
        /** Whoever sends something like a reporter's token; the call itself learns whose it is, for that takes the database. */
        REPORTER,
        /** Whoever holds the operator token. */
        OPERATOR
    }
}
