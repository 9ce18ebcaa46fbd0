package org.fairfollow.architecture.canary.http;

import org.fairfollow.architecture.canary.verdict.SomeVerdict;

final class KnowsARoom {
    final SomeVerdict room = new SomeVerdict();
}
