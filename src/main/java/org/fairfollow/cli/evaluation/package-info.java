/** Measures the detectors that ship on folders of labelled data. */
@NullMarked
package org.fairfollow.cli.evaluation;

import org.jspecify.annotations.NullMarked;
