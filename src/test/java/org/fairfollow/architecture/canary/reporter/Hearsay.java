package org.fairfollow.architecture.canary.reporter;

public final class Hearsay {}
