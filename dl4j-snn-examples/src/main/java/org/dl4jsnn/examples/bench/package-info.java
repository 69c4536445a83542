/**
 * Measurements: speed and memory ({@code benchmark}), and the accuracy of a network by time steps
 * ({@code steps}), by bits of its weights ({@code bits}) and as whole numbers ({@code integers}).
 */
package org.dl4jsnn.examples.bench;
