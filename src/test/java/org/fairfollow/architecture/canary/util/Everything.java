package org.fairfollow.architecture.canary.util;

final class Everything {}
