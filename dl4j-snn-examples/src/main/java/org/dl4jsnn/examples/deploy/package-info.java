/** Trained networks on their way to where they run without Deeplearning4j. */
package org.dl4jsnn.examples.deploy;
