package org.dl4jsnn.examples.support;

/**
 * A command that simulates nothing. It runs in the Java that read the command line; every other
 * command gets a second Java with the Vector API and enough memory for networks.
 */
public interface RunsAtOnce {}
