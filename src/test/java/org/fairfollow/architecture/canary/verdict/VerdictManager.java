package org.fairfollow.architecture.canary.verdict;

final class VerdictManager {}
