/** Deployment of trained networks without Deeplearning4j. */
package org.dl4jsnn.examples.deploy;
