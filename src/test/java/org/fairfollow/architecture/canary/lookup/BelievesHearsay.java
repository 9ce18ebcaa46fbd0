package org.fairfollow.architecture.canary.lookup;

import org.fairfollow.architecture.canary.reporter.Hearsay;

final class BelievesHearsay {
    final Hearsay hearsay = new Hearsay();
}
