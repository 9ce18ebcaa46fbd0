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

    /** Whether the operator token opens it as well: nobody need answer for it by name. */
    boolean operatorTokenToo() default false;

    /** Who calls. */
    enum Caller {
        ANYONE,
        /** Whoever sends something like a reporter's token; the call itself learns whose it is, for that takes the database. */
        REPORTER,
        /** Whoever sends something like the secret of a dispute; the call itself learns which one it opens. */
        OWNER,
        /** Whoever signed in as a reviewer, moderator or operator. */
        REVIEWER,
        /** Whoever signed in as a moderator or operator. */
        MODERATOR,
        /** Whoever holds the operator token, or signed in as an operator. */
        OPERATOR
    }
}
