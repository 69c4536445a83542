/**
 * The notebooks as plain programs: one class with a {@code main} per topic, in the order of the
 * documentation. They run from an IDE without arguments or network access; charts are saved to
 * {@code target/quickstart}. With {@code --add-modules jdk.incubator.vector} they run several times
 * faster.
 *
 * <p>To copy one into another project, add XChart ({@code org.knowm.xchart:xchart}) and replace
 * {@code EmbeddedDigits}, which is a class of the examples, by an iterator over other images:
 * features [minibatch, 784] from 0 to 1, labels one-hot.
 *
 * <ol>
 *   <li>{@link org.dl4jsnn.examples.quickstart.FirstNeuron}: membrane, threshold, reset, learning
 *   <li>{@link org.dl4jsnn.examples.quickstart.DigitsWithLeNet5}: train, look at spikes, save
 *   <li>{@link org.dl4jsnn.examples.quickstart.YourOwnNetwork}: a configuration of stock layers,
 *       made spiking
 *   <li>{@link org.dl4jsnn.examples.quickstart.TrainedNetwork}: a trained network, converted
 *   <li>{@link org.dl4jsnn.examples.quickstart.EventRecordings}: recordings of an event camera
 *   <li>{@link org.dl4jsnn.examples.quickstart.StreamOfEvents}: a recording fed in pieces
 * </ol>
 */
package org.dl4jsnn.examples.quickstart;
