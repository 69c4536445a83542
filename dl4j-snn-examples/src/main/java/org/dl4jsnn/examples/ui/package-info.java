/** Deeplearning4j's pages in the browser and their statistics file (the command {@code ui}). */
package org.dl4jsnn.examples.ui;
