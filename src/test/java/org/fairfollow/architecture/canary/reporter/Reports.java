package org.fairfollow.architecture.canary.reporter;

public class Reports {}
