/**
 * Runnable examples, one class each, behind the command line of {@link
 * org.dl4jsnn.examples.Examples}.
 */
package org.dl4jsnn.examples;
