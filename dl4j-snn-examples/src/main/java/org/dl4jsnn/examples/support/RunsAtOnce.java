package org.dl4jsnn.examples.support;

/**
 * A command that simulates nothing. It runs in the Java that read the command line; every other one
 * gets a Java of its own, with the Vector API and the memory that networks need.
 */
public interface RunsAtOnce {}
