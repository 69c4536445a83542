/**
 * Measurements of the effects of rules, options, steps and workers (the commands {@code benchmark},
 * {@code choices}, {@code gradients}, {@code timing}, {@code steps}, {@code scaling} and {@code
 * dvs-comparison}).
 */
package org.dl4jsnn.examples.bench;
