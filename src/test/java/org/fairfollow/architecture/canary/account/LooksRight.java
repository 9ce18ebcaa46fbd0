package org.fairfollow.architecture.canary.account;

import org.fairfollow.architecture.canary.evidence.SomeEvidence;

final class LooksRight {
    final SomeEvidence right = new SomeEvidence();
}
