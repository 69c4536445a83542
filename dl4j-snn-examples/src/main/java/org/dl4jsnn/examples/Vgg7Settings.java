package org.dl4jsnn.examples;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * What can be chosen of a {@link Vgg7}.
 *
 * @param steps T
 * @param threshold θ of the weighted layers; published: 2 for CIFAR-10, 1 for CIFAR10-DVS
 * @param learningRate Adam's learning rate
 * @param seed for weights, and for spikes where the encoding draws them
 */
record Vgg7Settings(int steps, double threshold, ISchedule learningRate, long seed) {}
