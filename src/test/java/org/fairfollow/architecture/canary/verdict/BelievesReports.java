package org.fairfollow.architecture.canary.verdict;

import org.fairfollow.architecture.canary.reporter.Reports;

final class BelievesReports {
    final Reports reports = new Reports();
}
