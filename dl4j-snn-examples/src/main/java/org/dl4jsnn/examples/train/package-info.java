/**
 * The examples that train one network for long (the commands {@code mnist}, {@code cifar10}, {@code
 * dvs} and {@code parallel}). They translate options into {@link
 * org.dl4jsnn.train.TrainingSettings} and print; the library trains.
 */
package org.dl4jsnn.examples.train;
