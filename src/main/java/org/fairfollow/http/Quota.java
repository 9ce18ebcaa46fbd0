package org.fairfollow.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what a call costs of its caller's quota; a call that says nothing is free. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Quota {
    /** What a call costs is known only when its body was read: it spends that itself. */
    int BY_CONTENT = 0;

    /** In units; to look up one account is one. */
    int value() default 1;
}
